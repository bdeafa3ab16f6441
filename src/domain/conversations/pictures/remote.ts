/** The addresses a mail's pictures have elsewhere. Pure. Only these are ever fetched for it: a route that fetched any address would be anybody's proxy. */

/** In text "<" is always written as an entity, so this is a tag. */
const named = /<img\b[^<>]*? data-remote-src="([^"]{1,4000})"/g
const entities: Record<string, string> = { '&amp;': '&', '&quot;': '"', '&lt;': '<', '&gt;': '>', '&#39;': "'" }

/** From HTML that was made safe before: it is written the one way our own writer has. */
export function remotePictures(safeHtml: string): Set<string> {
  return new Set(
    [...safeHtml.matchAll(named)].map(([, address]) =>
      address!.replace(/&(?:amp|quot|lt|gt|#39);/g, entity => entities[entity]!),
    ),
  )
}
