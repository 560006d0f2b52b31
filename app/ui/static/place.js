// The phone's own position, only when its owner presses the button; the server says whether it may be the pin.
(() => {
  const locate = button => {
    const form = button.form
    const told = form.querySelector('[data-told]')
    button.hidden = !navigator.geolocation
    button.addEventListener('click', () => {
      button.disabled = true
      told.textContent = button.dataset.busy
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.latitude.value = coords.latitude.toFixed(4)
          form.elements.longitude.value = coords.longitude.toFixed(4)
          form.querySelector('[name=titik][value=simpan]').click()
        },
        () => {
          button.disabled = false
          told.textContent = button.dataset.failed
        },
        { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 }
      )
    })
  }
  document.querySelectorAll('[data-locate]').forEach(locate)
})()
