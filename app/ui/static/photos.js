// Makes photos smaller before they travel: most of what a camera writes is never looked at, and their place stays here.
// Where anything is missing or fails, the photo travels as it is, and the server makes it small.
(() => {
  const SMALL = 200000
  let pending = 0
  let done = Promise.resolve()

  const shrink = async (file, edge) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
    if (scale === 1 && file.size < SMALL) return file
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    const paper = canvas.getContext('2d')
    paper.fillStyle = '#fff'
    paper.fillRect(0, 0, canvas.width, canvas.height)
    paper.imageSmoothingQuality = 'high'
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const blob = await new Promise(give => canvas.toBlob(give, 'image/jpeg', 0.85))
    return blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file
  }

  const shrinkAll = async input => {
    const chosen = [...input.files]
    const box = new DataTransfer()
    for (const file of chosen) box.items.add(await shrink(file, +input.dataset.shrink).catch(() => file))
    const isSame = chosen.length === input.files.length && chosen.every((file, at) => file === input.files[at])
    if (isSame) input.files = box.files // else others have been chosen meanwhile, and their turn comes
  }

  addEventListener('change', event => {
    const input = event.target
    if (!input.dataset || !input.dataset.shrink) return
    pending++
    input.setAttribute('aria-busy', 'true')
    done = done.then(() => shrinkAll(input)).catch(() => {}).then(() => {
      if (!--pending) input.removeAttribute('aria-busy')
    })
  })

  addEventListener('submit', event => {
    if (!pending) return
    event.preventDefault()
    const form = event.target
    done.then(() => (form.requestSubmit ? form.requestSubmit(event.submitter) : form.submit()))
  })
})()
