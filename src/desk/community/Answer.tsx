/** Answering in a topic as one of us: what is typed stays while one looks elsewhere, Ctrl-Enter posts it, and it is marked with our name. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { communityLimits, type TopicView } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import { Area, Button, Keys } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { renewCommunity } from './queries.ts'

type Begun = { press: string; body: string }
const begun = new Map<string, Begun>()
const anew = (): Begun => ({ press: crypto.randomUUID(), body: '' })

export function Answer({ topic }: { topic: TopicView }) {
  const me = useMe()
  const [it, setIt] = useState(() => begun.get(topic.id) ?? anew())
  const keep = (next: Begun) => {
    setIt(next)
    if (next.body) begun.set(topic.id, next)
    else begun.delete(topic.id)
  }
  const posting = useMutation({
    mutationFn: () => ask(contract.writeCommunityPost, { topicId: topic.id, ...it }),
    onSuccess: () => {
      keep(anew())
      renewCommunity()
    },
  })
  const post = () => it.body.trim() && !posting.isPending && posting.mutate()
  return (
    <form
      className="comanswer"
      id="answer"
      onSubmit={event => {
        event.preventDefault()
        post()
      }}
    >
      <Area
        label={t('community:answerAs', { name: me.name, installation: me.installation.name })}
        help={t(topic.category.audience === 'public' ? 'community:answerPublic' : 'community:answerLimited')}
        dir="auto"
        rows={5}
        maxLength={communityLimits.body}
        value={it.body}
        onChange={event => keep({ ...it, body: event.currentTarget.value })}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            post()
          }
        }}
      />
      <Refused error={posting.error} title={t('community:notPosted')} safe={t('community:wordsStay')} />
      <p className="acts">
        <Button kind="primary" submit busy={posting.isPending}>
          {t('community:post')}
        </Button>
        <Keys keys="$mod+Enter" />
      </p>
    </form>
  )
}
