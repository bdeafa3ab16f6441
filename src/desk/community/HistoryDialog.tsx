/** What a post said before it was changed, newest first. Inside only. */
import { useQuery } from '@tanstack/react-query'
import type { PostView } from '../../contract/community.ts'
import { communityPostHistory } from '../../contract/community-desk.ts'
import { Bones, ErrorState, Time } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { query } from '../api.ts'
import { Sheet } from '../pieces/Sheet.tsx'
import { Written } from './Written.tsx'

export function HistoryDialog({ post, onClose }: { post: PostView; onClose: () => void }) {
  const asked = useQuery(query(communityPostHistory, { postId: post.id }))
  return (
    <Sheet title={t('community:act.history')} onClose={onClose}>
      {asked.isPending && <Bones rows={2} />}
      {asked.isError && <ErrorState asked={asked} />}
      {asked.data?.versions.map(version => (
        <section key={version.at} className="comversion">
          <p className="small muted">
            <Time at={version.at} />
          </p>
          {version.title && (
            <p className="strong" dir="auto">
              {version.title}
            </p>
          )}
          <Written html={version.html} steps={version.steps} />
        </section>
      ))}
    </Sheet>
  )
}
