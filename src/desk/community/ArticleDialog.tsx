/** From a topic to knowledge: an article that begins with its words and thanks whoever said them, or one that stands beside it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { TopicView } from '../../contract/community.ts'
import * as ties from '../../contract/community-ties.ts'
import { articles, makeArticle } from '../../contract/knowledge.ts'
import { Button, Field } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, Problem, query } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

export function ArticleDialog({ topic, onClose }: { topic: TopicView; onClose: () => void }) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [making, setMaking] = useState(false)
  const q = useDeferredValue(text.trim())
  const { data } = useQuery({ ...query(articles, { q }), enabled: q.length > 1 })
  const found = data?.articles.slice(0, 6) ?? []
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
  const problem = tying.error instanceof Problem ? tying.error : null
  return (
    <Dialog
      title={t('community:article.open')}
      lead={t('community:article.lead')}
      act={t('community:article.tie')}
      busy={tying.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => chosen && tying.mutate(chosen)}
      onClose={onClose}
    >
      <p className="acts">
        <Button busy={making} onClick={() => void make()}>
          {t('community:article.make')}
        </Button>
        <span className="small muted">{t('community:article.makeHelp')}</span>
      </p>
      <Field
        label={t('community:article.find')}
        type="search"
        dir="auto"
        maxLength={200}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value)
          setChosen(null)
        }}
      />
      <fieldset className="comchoices">
        <legend className="sr">{t('community:article.find')}</legend>
        {found.map(each => (
          <label key={each.id}>
            <input type="radio" name="article" checked={chosen === each.id} onChange={() => setChosen(each.id)} />
            <span dir="auto">{each.editions[0]?.title}</span>
          </label>
        ))}
        {q.length > 1 && data && found.length === 0 && <p className="small muted">{t('community:article.none')}</p>}
      </fieldset>
    </Dialog>
  )
}

/** Who is thanked: whoever gave the accepted answer, else whoever began. Null lets the server say. */
const creditedPost = (topic: TopicView) => (topic.acceptedNumber ? null : topic.first.id)
