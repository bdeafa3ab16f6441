/** Words somebody wrote in the community, made safe once more before they are shown. */
import { useMemo } from 'react'
import { safeMail } from '../conversation/safeMail.ts'

export function Written({ html, steps = [] }: { html: string; steps?: readonly string[] }) {
  const safe = useMemo(() => safeMail(html, [], { quoted: '' }).html, [html])
  const each = useMemo(() => steps.map(step => safeMail(step, [], { quoted: '' }).html), [steps])
  return (
    <div className="read written comwords" dir="auto">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made safe by the server and here */}
      <div dangerouslySetInnerHTML={{ __html: safe }} />
      {each.length > 0 && (
        <ol>
          {each.map((step, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have their place and nothing else
            // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe by the server and here
            <li key={at} dangerouslySetInnerHTML={{ __html: step }} />
          ))}
        </ol>
      )}
    </div>
  )
}
