/** Sets light or dark and the density before the first picture, so that nothing flashes. A file, because the page allows no inline script. */
;(() => {
  const root = document.documentElement
  let scheme = 'auto'
  try {
    scheme = localStorage.getItem('pond-scheme') || 'auto'
    root.dataset.density = localStorage.getItem('pond-density') || 'comfortable'
    if (localStorage.getItem('pond-motion') === 'still') root.dataset.motion = 'still'
  } catch {}
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light'
})()
