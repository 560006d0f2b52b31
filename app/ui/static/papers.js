// Enter goes to the next paper, and from the last one on to the next page; without it Enter saves what is there.
(() => {
  const fields = [...document.querySelectorAll('.papers .input')]
  fields.forEach((field, at) => field.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || at + 1 === fields.length) return
    event.preventDefault()
    fields[at + 1].focus()
  }))
})()
