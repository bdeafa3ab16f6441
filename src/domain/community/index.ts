/**
 * The community as the wiring, the pages outside and the desk use it. What follows is promised to them:
 *
 * Reading (db: Db; never more than `as` may read):
 *   type CommunityAs = { is: 'anybody' } | { is: 'person'; personId; organisations } | { is: 'inside'; personId; tends; settles }
 *   communityOn(db): Promise<boolean>                          is there one, outside? When not, its pages are 404
 *   readingAs(db, personId | null): Promise<CommunityAs>       for a customer's session, or nobody
 *   insideAs(member): CommunityAs
 *   categoriesFor(db, as, language): Promise<ShownCategory[]>  CategoryRef & { about, topics, begins: boolean (may I begin here?) }
 *   categoryAt(db, as, language, slug): Promise<ShownCategory | null>   by any slug it had: redirect when `.slug` differs
 *   topicsFor(db, as, language, { categoryId?, kind?, show?, after?, limit? }): Promise<{ topics: TopicRow[]; next: string | null }>
 *   topicAt(db, as, language, number, { after?, before?, at?: post number }): Promise<
 *     | { is: 'topic'; topic: TopicView; page: PostsPage } | { is: 'moved'; number; slug; post: number | null }
 *     | { is: 'removed'; by: Remover } | null>
 *   triesFor(db, as, topicId, { after? }): Promise<{ tries: TryView[]; next }>
 *   findTopics(db, as, { q, language, limit?, typing?, kind? }): Promise<FoundTopic[]>   number slug kind title: Marked excerpt: Marked category answers accepted worked
 *   selfOf(db, as, language): Promise<CommunitySelf>
 *   communitySitemap(db): Promise<{ number; slug; lastAt: Date }[]>
 *   thanksOf(db, as, articleId, language): Promise<TopicTie & { topic }[]>     "with thanks to …" on an article
 *   topicPath({ number, slug }), communityCategoryPath(slug)   /help/community/t/12-slug, /help/community/c/slug
 *
 * Writing (tx: Tx; Refusal with a sentence else; text is made ready before the transaction):
 *   readyPost({ body, steps?, title? }): Promise<Ready>        Markdown-light to safe HTML; refuses what is too long or empty
 *   beginTopic(tx, as, { press, categoryId, kind, language, post: Ready, reviewDueAt?, follow? }, now): Promise<Said>
 *   writePost(tx, as, { press, topicId, post: Ready, answersTo?, follow? }, now): Promise<Said>
 *     Said = { topicId; postId; number (of the topic); slug; post (number of the post); state: PostState; waitsFor: WaitReason | null }
 *   changePost(tx, as, { postId, post: Ready }, now), removePost(tx, as, { postId, because? }, now)
 *   likePost(tx, as, { postId, on }, now): Promise<{ likes }>
 *   flagPost(tx, as, { postId, reason, words }, now)
 *   acceptAnswer(tx, as, { topicId, postId | null }, now)
 *   tryPractice(tx, as, { topicId, worked, words }, now), takeBackTry(tx, as, { topicId }, now)
 *   checkPractice(tx, as, { topicId, reviewDueAt: Date | null }, now)      its author or a teammate looked at it again
 *   follow(tx, as, { topicId } | { categoryId }, FollowMode | null, now)
 *   changeSelf(tx, as, { shownName, from, digest }, now)
 * Refusals: community-off, sign-in-to-write (401), stopped-here, too-many-posts (429, facts.minutes), said-already, post-too-long
 *   (facts.longest), post-empty, title-missing, topic-locked, not-here (403), topic-removed (410).
 */
export {}
