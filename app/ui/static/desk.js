// Arrow keys walk through the rows of a desk's table: to the same control of the next or the former row.
(() => {
  const steps = { ArrowDown: 1, ArrowUp: -1 }
  document.addEventListener('keydown', event => {
    const row = event.target.closest('table.desk tbody tr')
    if (!row || !(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return
    const rows = [...row.parentElement.rows]
    const control = rows[rows.indexOf(row) + steps[event.key]]?.querySelector(event.target.localName)
    if (!control) return
    control.focus()
    event.preventDefault()
  })
})()
