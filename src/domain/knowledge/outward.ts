/** Articles as they stand outside: their addresses, and their words ready to be shown: headings one can point to, tables that scroll, pictures of ours. Pure. */

export const pathOf = (category: string, slug: string) =>
  `/help/articles/${encodeURIComponent(category)}/${encodeURIComponent(slug)}`
export const categoryPath = (category: string) => `/help/articles/${encodeURIComponent(category)}`
export const picturePath = (id: string) => `/help/pictures/${id}`
const deskPicturePath = (id: string) => `/articles/pictures/${id}`

const withPictures = (html: string, path: (id: string) => string) =>
  html.replace(
    /<img\b([^<>]*?)\bdata-cid="([0-9a-f-]{36})"/g,
    (_, before: string, id: string) => `<img${before}src="${path(id)}"`,
  )

/** With its pictures where those who write find them. */
export const forEditing = (html: string) => withPictures(html, deskPicturePath)

type Heading = { id: string; text: string }
const videoHosts =
  /^https?:\/\/(?:www\.|m\.)?(?:youtube\.com\/watch|youtu\.be\/|vimeo\.com\/\d|player\.vimeo\.com\/|peertube\.|dailymotion\.com\/video)/i
const isVideo = (href: string) => videoHosts.test(href) || /\.(?:mp4|webm|ogv)(?:[?#]|$)/i.test(href)

/** `own` is where these pages lie: links there stay in the window, and lead on without being told apart. */
export function forReading(
  html: string,
  words: { table: string; video: string },
  own: string,
): { html: string; headings: Heading[] } {
  const headings: Heading[] = []
  const taken = new Set<string>()
  const shown = withPictures(html, picturePath)
    .replace(/<h([23])([^>]*)>(.*?)<\/h\1>/gs, (_, rank: string, attributes: string, inside: string) => {
      const text = plain(inside)
      if (text === '') return ''
      const base = `s-${
        text
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]+/gu, '-')
          .replace(/^-|-$/g, '')
          .slice(0, 60) || 'part'
      }`
      let id = base
      for (let n = 2; taken.has(id); n++) id = `${base}-${n}`
      taken.add(id)
      if (rank === '2') headings.push({ id, text })
      return `<h${rank}${attributes} id="${id}">${inside}</h${rank}>`
    })
    .replace(
      /<table\b/g,
      () => `<div class="scrollx" tabindex="0" role="region" aria-label="${attribute(words.table)}"><table`,
    )
    .replaceAll('</table>', '</table></div>')
    .replace(/<img\b(?![^>]*\balt=)/g, '<img alt=""')
    .replace(/<img\b/g, '<img loading="lazy" decoding="async"')
    .replace(/<a\b([^>]*?)href="([^"]*)"([^>]*)>/g, (_, before: string, href: string, after: string) => {
      const to = href.startsWith(`${own}/help`) ? href.slice(own.length) : href
      if (to.startsWith('/') || to.startsWith('#')) return `<a href="${to}">`
      const video = isVideo(to) ? ' class="video"' : ''
      return `<a${video}${`${before}${after}`
        .replace(/\s*target="_blank"/, '')
        .trimEnd()
        .replace(/^(?=\S)/, ' ')} href="${to}">`
    })
  return { html: shown, headings: headings.length > 1 ? headings : [] }
}

const plain = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
