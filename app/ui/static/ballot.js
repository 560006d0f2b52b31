// Tells how many more may be ticked, also to screen readers; without it the style sheet counts, and the server checks.
(() => {
  const form = document.querySelector('.ballot')
  const line = form.querySelector('[role=status]')
  const most = +form.dataset.most
  const show = () => {
    const left = most - form.querySelectorAll('[name=choices]:checked').length
    form.classList.toggle('over', left < 0)
    line.textContent = line.dataset[left === most ? 'none' : left > 0 ? 'some' : left ? 'over' : 'full'].replace('#', Math.abs(left))
  }
  form.addEventListener('change', show)
  addEventListener('pageshow', show)
})()
