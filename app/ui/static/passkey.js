// Lets the browser's key answer what a form asks, and sends the answer in the form. Without it the page says what to do.
(() => {
  const form = document.querySelector('form[data-passkey]')
  if (!form || !window.PublicKeyCredential) return
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

  const ask = async () => {
    const asked = JSON.parse(form.dataset.passkey)
    asked.challenge = bytes(asked.challenge)
    if (asked.user) asked.user.id = bytes(asked.user.id)
    for (const key of [...(asked.excludeCredentials || []), ...(asked.allowCredentials || [])]) key.id = bytes(key.id)
    const made = await navigator.credentials[asked.user ? 'create' : 'get']({ publicKey: asked })
    const response = {}
    for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (made.response[part]) response[part] = text(made.response[part])
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} })
  }

  form.addEventListener('submit', event => {
    event.preventDefault()
    ask().then(answer => {
      form.elements.answer.value = answer
      form.submit()
    }).catch(() => { form.querySelector('[data-trouble]').hidden = false })
  })
})()
