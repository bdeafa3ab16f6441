/** From a topic to knowledge: an article that begins with its words and thanks whoever said them, or one that stands beside it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { TopicView } from '../../contract/community.ts'
import * as ties from '../../contract/community-ties.ts'
import { articles, makeArticle } from '../../contract/knowledge.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, query } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { FoundOne, isSought } from '../pieces/FoundOne.tsx'
import { goTo } from '../shell/going.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

const most = 6

export function ArticleDialog({ topic, onClose }: { topic: TopicView; onClose: () => void }) {
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const { data } = useQuery({ ...query(articles, { q }), enabled: isSought(q) })
  const [chosen, setChosen] = useState<string | null>(null)
  const [making, setMaking] = useState(false)
  const tying = useMutation({
    mutationFn: (articleId: string) => ask(ties.tieArticle, { topicId: topic.id, articleId, is: 'goes-with' }),
    onSuccess: () => {
      renewCommunity()
      notice({ title: t('community:article.tied') })
      onClose()
    },
  })
  const make = async () => {
    setMaking(true)
    try {
      const draft = await ask(ties.articleDraftFromTopic, { topicId: topic.id })
      const { article } = await ask(makeArticle, { language: draft.language, title: draft.title, body: draft.body })
      await ask(ties.tieArticle, {
        topicId: topic.id,
        articleId: article.id,
        is: 'article',
        postId: creditedPost(topic),
      })
      renewCommunity()
      onClose()
      void goTo({ to: '/knowledge/$articleId', params: { articleId: article.id }, search: {} })
    } catch (error) {
      noticeFailure(error)
    } finally {
      setMaking(false)
    }
  }
  return (
    <Dialog
      title={t('community:article.open')}
      lead={t('community:article.lead')}
      act={t('community:article.tie')}
      busy={tying.isPending}
      failed={tying.error}
      missing={!chosen && t('desk:missing.choice')}
      onAct={() => chosen && tying.mutate(chosen)}
      onClose={onClose}
    >
      <p className="acts">
        <Button busy={making} onClick={() => void make()}>
          {t('community:article.make')}
        </Button>
        <span className="small muted">{t('community:article.makeHelp')}</span>
      </p>
      <FoundOne
        label={t('community:article.find')}
        none={t('community:article.none')}
        chosen={chosen}
        onChoose={setChosen}
        found={
          data && isSought(q)
            ? data.articles.slice(0, most).map(({ id, editions }) => ({ id, title: editions[0]?.title ?? '' }))
            : null
        }
        onType={setText}
      />
    </Dialog>
  )
}

/** Who is thanked: whoever gave the accepted answer, else whoever began. Null lets the server say. */
const creditedPost = (topic: TopicView) => (topic.acceptedNumber ? null : topic.first.id)
