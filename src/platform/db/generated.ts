/** Made by `npm run db:shape` from the migrated database. Do not edit. */
// biome-ignore-all format: made by a program

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface Absence {
  byId: string | null;
  createdAt: Timestamp;
  deputyId: string | null;
  during: string;
  id: string;
  personId: string;
}

export interface Address {
  createdAt: Generated<Timestamp>;
  id: string;
  kind: string;
  normal: string;
  number: Generated<number>;
  personId: string;
  suspendedAt: Timestamp | null;
  suspendedBecause: string | null;
  verifiedAt: Timestamp | null;
  written: string;
}

export interface Article {
  audience: string;
  categoryId: string;
  changedAt: Timestamp;
  checkedAt: Timestamp | null;
  failed: Generated<number>;
  fromConversationId: string | null;
  held: Generated<number>;
  id: string;
  importedFrom: string | null;
  madeAt: Timestamp;
  madeBy: string | null;
  ownerId: string;
  reviewEveryDays: number | null;
  reviewId: string | null;
  sample: Generated<boolean>;
}

export interface ArticleCategory {
  id: string;
  madeAt: Timestamp;
  parentId: string | null;
  position: Generated<number>;
  sample: Generated<boolean>;
}

export interface ArticleCategoryName {
  categoryId: string;
  language: string;
  name: string;
}

export interface ArticleCategorySlug {
  categoryId: string;
  current: boolean;
  slug: string;
}

export interface ArticleFlag {
  articleId: string;
  followUpId: string;
  id: string;
  madeAt: Timestamp;
  settledAt: Timestamp | null;
  settledBy: string | null;
}

export interface ArticleOrganisation {
  articleId: string;
  organisationId: string;
}

export interface ArticlePicture {
  articleId: string;
  bytes: number;
  id: string;
  madeAt: Timestamp;
  mediaType: string;
  name: string;
  sha256: Buffer;
}

export interface ArticleRating {
  answer: string;
  articleId: string;
  at: Timestamp;
  id: string;
  said: Generated<string>;
  settledAt: Timestamp | null;
  versionId: string;
}

export interface ArticleSearch {
  articleId: string;
  language: string;
  likeness: string;
  publishedAt: Timestamp;
  words: string;
}

export interface ArticleSearchMiss {
  firstAt: Timestamp;
  language: string;
  lastAt: Timestamp;
  settledAt: Timestamp | null;
  times: Generated<number>;
  words: string;
}

export interface ArticleSlug {
  articleId: string;
  current: boolean;
  language: string;
  slug: string;
}

export interface ArticleUse {
  articleId: string;
  messageId: string;
}

export interface ArticleVersion {
  articleId: string;
  authorId: string | null;
  bodyHtml: string;
  bodyText: string;
  changedAt: Timestamp;
  id: string;
  language: string;
  madeAt: Timestamp;
  number: number;
  publishAt: Timestamp | null;
  publishedAt: Timestamp | null;
  publishedBy: string | null;
  remark: Generated<string>;
  reviewerId: string | null;
  revision: Generated<number>;
  state: string;
  summary: Generated<string>;
  title: string;
}

export interface Ask {
  addressId: string | null;
  answeredAt: Timestamp | null;
  askedAt: Timestamp;
  bouncedAt: Timestamp | null;
  byId: string;
  closedAt: Timestamp | null;
  conversationId: string;
  expertId: string;
  id: string;
  introducedAt: Timestamp | null;
  judgedAt: Timestamp | null;
  lastAt: Timestamp;
  number: Generated<number>;
  promiseId: string | null;
  relayedAt: Timestamp | null;
  relayedBy: string | null;
  relayingId: string | null;
  sample: Generated<boolean>;
  thankedAt: Timestamp | null;
  thankedBy: string | null;
  thanks: string | null;
  verdict: string | null;
  words: string;
}

export interface AskContext {
  askId: string;
  messageId: string;
}

export interface AskFile {
  askMessageId: string;
  bytes: number;
  id: string;
  mediaType: string;
  name: string;
  position: number;
  sha256: Buffer;
}

export interface AskMessage {
  askId: string;
  at: Timestamp;
  authorId: string | null;
  authorRaw: string | null;
  bodyHtml: string | null;
  bodyText: string;
  elsewhere: Generated<boolean>;
  id: string;
  kind: string;
  rfcId: string | null;
  trimmed: string | null;
  trimmedHtml: string | null;
}

export interface Attachment {
  bytes: number;
  contentId: string | null;
  id: string;
  inline: Generated<boolean>;
  mediaType: string;
  messageId: string;
  name: string;
  position: number;
  sha256: Buffer;
}

export interface Authenticator {
  confirmedAt: Timestamp | null;
  createdAt: Timestamp;
  lastStep: Generated<number>;
  personId: string;
  secret: Buffer;
}

export interface Backup {
  askedAt: Timestamp;
  askedBy: string | null;
  beatAt: Timestamp | null;
  bytes: number | null;
  done: Generated<number>;
  fileCount: number | null;
  findings: Generated<Json>;
  folder: string;
  id: string;
  madeAt: Timestamp | null;
  rowCount: number | null;
  state: string;
  step: string | null;
  total: Generated<number>;
  trouble: string | null;
  verifiedAt: Timestamp | null;
  verifying: Generated<string>;
}

export interface BlockedSender {
  at: Timestamp;
  byId: string | null;
  id: string;
  kind: string;
  normal: string;
  teamId: string | null;
}

export interface Calendar {
  id: string;
  name: string;
  zone: string;
}

export interface CalendarHours {
  calendarId: string;
  fromMinute: number;
  toMinute: number;
  weekday: number;
}

export interface CategoryFollow {
  categoryId: string;
  mode: string;
  personId: string;
  since: Timestamp;
}

export interface Chat {
  cameAt: Timestamp;
  conversationId: string;
  leftAt: Timestamp | null;
  mailedSeq: Generated<number>;
  seq: Generated<number>;
}

export interface ChatChannel {
  accent: string | null;
  createdAt: Timestamp;
  id: string;
  key: string;
  name: string;
  origins: string[];
  phone: string | null;
  phoneWords: Generated<string>;
  removedAt: Timestamp | null;
  secretMadeAt: Timestamp | null;
  secretSealed: Buffer | null;
  teamId: string;
}

export interface ChatLine {
  at: Timestamp;
  conversationId: string;
  isWhat: string;
  messageId: string | null;
  moved: Generated<boolean>;
  seq: number;
}

export interface ChatPresence {
  conversationId: string;
  doing: string;
  seenAt: Timestamp;
  sessionId: string;
}

export interface ChatSeat {
  conversationId: string;
  overSeq: number | null;
  seenSeq: Generated<number>;
  sessionId: string;
  since: Timestamp;
}

export interface ChatSession {
  begunAt: Timestamp;
  channelId: string;
  endedAt: Timestamp | null;
  id: string;
  known: boolean;
  knownUntil: Timestamp | null;
  language: string | null;
  origin: string;
  personId: string;
  seenAt: Timestamp;
  tokenHash: Buffer;
  zone: string | null;
}

export interface ChatTrouble {
  channelId: string;
  firstAt: Timestamp;
  kind: string;
  lastAt: Timestamp;
  origin: string;
  times: Generated<number>;
}

export interface ChatUpload {
  bytes: number;
  createdAt: Timestamp;
  id: string;
  mediaType: string;
  name: string;
  sessionId: string;
  sha256: Buffer;
}

export interface CommunityCategory {
  archivedAt: Timestamp | null;
  audience: string;
  begins: Generated<string>;
  id: string;
  madeAt: Timestamp;
  position: Generated<number>;
  sample: Generated<boolean>;
}

export interface CommunityCategoryName {
  about: Generated<string>;
  categoryId: string;
  language: string;
  name: string;
}

export interface CommunityCategoryOrganisation {
  categoryId: string;
  organisationId: string;
}

export interface CommunityCategorySlug {
  categoryId: string;
  current: boolean;
  slug: string;
}

export interface CommunityPerson {
  comeFrom: string | null;
  digest: Generated<string>;
  digestAt: Timestamp | null;
  id: string;
  mentions: string | null;
  personId: string;
  shownName: string | null;
  stoppedAt: Timestamp | null;
  stoppedBecause: string | null;
  stoppedUntil: Timestamp | null;
  trustSaid: string | null;
  trustSaidAt: Timestamp | null;
}

export interface CommunitySetting {
  approve: Generated<string>;
  flagsToHide: Generated<number>;
  guidelines: Generated<string>;
  off: Generated<boolean>;
  one: Generated<boolean>;
}

export interface CommunityWaiting {
  at: Timestamp;
  mode: string;
  personId: string;
  postId: string;
  topicId: string;
  via: string;
}

export interface Conversation {
  before: Json | null;
  channel: string;
  closedAt: Timestamp | null;
  closedBecause: string | null;
  customerId: string;
  dueAt: Timestamp | null;
  handovers: Generated<number>;
  id: string;
  language: string | null;
  lastAt: Timestamp;
  lastOurs: Generated<boolean>;
  mailboxId: string | null;
  mergedInto: string | null;
  neededBy: Timestamp | null;
  number: Generated<number>;
  openedAt: Timestamp;
  outcome: string | null;
  ownerId: string | null;
  preview: Generated<string>;
  previousId: string | null;
  priority: Generated<number>;
  sample: Generated<boolean>;
  state: string;
  subject: string;
  teamId: string;
  version: Generated<number>;
}

export interface ConversationField {
  conversationId: string;
  fieldId: string;
  value: Json;
}

export interface ConversationLink {
  byId: string | null;
  fromId: string;
  id: string;
  kind: string;
  since: Timestamp;
  toId: string;
}

export interface ConversationShare {
  byId: string;
  conversationId: string;
  id: string;
  organisationId: string | null;
  personId: string | null;
  since: Timestamp;
}

export interface ConversationTag {
  byId: string | null;
  conversationId: string;
  since: Timestamp;
  tagId: string;
}

export interface CustomerLink {
  addressId: string;
  createdAt: Timestamp;
  expiresAt: Timestamp;
  id: string;
  next: string | null;
  purpose: string;
  tokenHash: Buffer;
  usedAt: Timestamp | null;
}

export interface CustomerSession {
  addressId: string;
  agent: string | null;
  createdAt: Timestamp;
  endedAt: Timestamp | null;
  expiresAt: Timestamp;
  id: string;
  lastSeenAt: Timestamp;
  network: string | null;
  tokenHash: Buffer;
}

export interface CustomField {
  about: Generated<string>;
  archivedAt: Timestamp | null;
  choices: Generated<Json>;
  createdAt: Generated<Timestamp>;
  id: string;
  kind: string;
  name: string;
  position: number;
  teamId: string | null;
}

export interface Delivery {
  arrivedAt: Timestamp;
  askMessageId: string | null;
  became: string;
  bodyHash: Buffer;
  bytes: number;
  detail: string | null;
  id: string;
  mailboxId: string;
  mailId: string;
  messageId: string | null;
  postId: string | null;
  raw: Buffer | null;
  rawFile: Buffer | null;
  reading: Json | null;
  reason: string | null;
  source: string;
  tries: Generated<number>;
}

export interface DeliveryReport {
  at: Timestamp;
  deliveryId: string;
  hard: boolean;
  id: string;
  messageId: string | null;
  outboxId: string | null;
  reason: string | null;
  recipient: string | null;
  replyCode: string | null;
  status: string | null;
}

export interface DeliveryUid {
  deliveryId: string;
  folder: string;
  mailboxId: string;
  uid: number;
  uidvalidity: number;
}

export interface Draft {
  body: string;
  choices: Generated<Json>;
  conversationId: string;
  kind: string;
  personId: string;
  savedAt: Timestamp;
  seenVersion: number;
}

export interface Duty {
  during: string;
  id: string;
  personId: string;
  teamId: string;
}

export interface Event {
  actorId: string | null;
  at: Timestamp;
  facts: Generated<Json>;
  kind: string;
  scopes: Generated<string[]>;
  seq: Generated<number>;
  subjectId: string | null;
  transactionId: Generated<string>;
}

export interface EventReader {
  movedAt: Generated<Timestamp>;
  name: string;
  seq: Generated<number>;
  transactionId: Generated<string>;
}

export interface File {
  bytes: number;
  createdAt: Generated<Timestamp>;
  sha256: Buffer;
}

export interface Follower {
  conversationId: string;
  personId: string;
  since: Timestamp;
}

export interface FollowUp {
  answeredAt: Timestamp | null;
  askedAt: Timestamp;
  askedBy: string | null;
  conversationId: string;
  id: string;
  messageId: string | null;
  personId: string;
  said: Generated<string>;
  until: Timestamp;
  verdict: string | null;
  way: string | null;
}

export interface Form {
  archivedAt: Timestamp | null;
  asksNeededBy: Generated<boolean>;
  changedAt: Timestamp;
  fields: Generated<Json>;
  id: string;
  intro: Generated<string>;
  mailboxId: string;
  name: string;
  position: number;
  takesFiles: Generated<boolean>;
}

export interface FormSent {
  at: Timestamp;
  conversationId: string | null;
  press: string;
}

export interface Goodwill {
  askedAt: Timestamp;
  byId: string;
  conversationId: string | null;
  currency: string;
  decidedBy: string | null;
  decidedWords: string | null;
  grantedAt: Timestamp | null;
  id: string;
  kind: string;
  minor: number;
  organisationId: string | null;
  personId: string | null;
  promiseId: string | null;
  reason: string;
  sample: Generated<boolean>;
  state: string;
  teamId: string | null;
  wasUsed: boolean | null;
  what: string;
  withdrawnAt: Timestamp | null;
  withdrawnBy: string | null;
  withdrawnWords: string | null;
}

export interface GoodwillAllowance {
  memberId: string;
  minor: number;
}

export interface Handover {
  at: Timestamp;
  back: Generated<boolean>;
  byId: string;
  conversationId: string;
  fromId: string | null;
  id: string;
  introductionId: string;
  reason: string;
  summary: string | null;
  toId: string | null;
  toTeamId: string;
}

export interface HelpPage {
  changedAt: Timestamp;
  id: string;
  place: string;
  position: number;
  publishedAt: Timestamp | null;
  revision: Generated<number>;
}

export interface HelpPageSlug {
  current: boolean;
  pageId: string;
  slug: string;
}

export interface HelpPageText {
  bodyHtml: string;
  bodyText: string;
  language: string;
  pageId: string;
  title: string;
}

export interface Holiday {
  calendarId: string;
  day: Timestamp;
  name: string;
}

export interface InsightDay {
  day: Timestamp;
  measure: string;
  n: number;
  teamId: string | null;
}

export interface InsightDue {
  aboutId: string;
}

export interface InsightPart {
  aboutId: string;
  parts: Json;
  sample: boolean;
}

export interface InsightZone {
  onlyOne: Generated<boolean>;
  zone: string;
}

export interface Installation {
  createdAt: Generated<Timestamp>;
  id: string;
  language: Generated<string>;
  name: string;
  onlyOne: Generated<boolean>;
  settings: Generated<Json>;
  zone: Generated<string>;
}

export interface KeptFile {
  bytes: number;
  createdAt: Timestamp;
  id: string;
  mediaType: string;
  name: string;
  sha256: Buffer;
}

export interface KeptWords {
  bytes: number;
  createdAt: Timestamp;
  fields: Json;
  id: string;
  path: string;
}

export interface LaterReply {
  attachments: Generated<string[]>;
  body: string;
  choices: Generated<Json>;
  conversationId: string;
  endedAt: Timestamp | null;
  endedHow: string | null;
  endedWhy: string | null;
  id: string;
  madeAt: Timestamp;
  messageId: string | null;
  nextStep: Json;
  options: Json | null;
  personId: string;
  promised: Generated<Json>;
  recipients: Json;
  sendAt: Timestamp;
  used: Generated<string[]>;
}

export interface Logo {
  id: string;
  madeAt: Timestamp;
  png: Buffer;
  smallPng: Buffer;
}

export interface Mailbox {
  address: string;
  alert: string | null;
  alertDetail: string | null;
  alertSince: Timestamp | null;
  aliases: Generated<string[]>;
  createdAt: Generated<Timestamp>;
  fromName: string;
  id: string;
  imap: Json | null;
  lastGoodPollAt: Timestamp | null;
  normal: string;
  pausedAt: Timestamp | null;
  plusAddressing: Generated<boolean>;
  receiveBy: string;
  removedAt: Timestamp | null;
  sample: Generated<boolean>;
  sealed: Buffer | null;
  smtp: Json | null;
  startFrom: Generated<string>;
  teamId: string;
  trustedServer: string | null;
}

export interface MailboxFolder {
  folder: string;
  highest: Generated<number>;
  mailboxId: string;
  seenAt: Generated<Timestamp>;
  startAfter: Generated<number>;
  uidvalidity: number;
}

export interface MailImport {
  askedAt: Timestamp;
  askedBy: string;
  bytes: Generated<number>;
  bytesRead: Generated<number>;
  endedAt: Timestamp | null;
  id: string;
  known: Generated<number>;
  mailboxId: string;
  mails: Generated<number>;
  messages: Generated<number>;
  quarantined: Generated<number>;
  reports: Generated<number>;
  state: Generated<string>;
  trouble: string | null;
}

export interface Member {
  administrator: Generated<boolean>;
  createdAt: Generated<Timestamp>;
  disabledAt: Timestamp | null;
  expiresAt: Timestamp | null;
  passwordHash: string | null;
  personId: string;
  settings: Generated<Json>;
  undoSeconds: Generated<number>;
}

export interface Membership {
  leftAt: Timestamp | null;
  organisationId: string;
  personId: string;
  role: Generated<string>;
  seesAll: Generated<boolean>;
  since: Timestamp;
  suggestedAt: Timestamp | null;
}

export interface Mention {
  at: Timestamp;
  conversationId: string;
  messageId: string;
  personId: string;
  seenAt: Timestamp | null;
}

export interface Merge {
  absorbedId: string;
  at: Timestamp;
  byId: string | null;
  id: string;
  survivorId: string;
  undoneAt: Timestamp | null;
  undoneBy: string | null;
  was: Json;
}

export interface Message {
  at: Timestamp;
  authorId: string | null;
  authorRaw: string | null;
  bodyHtml: string | null;
  bodyText: string;
  bounced: Generated<boolean>;
  conversationId: string;
  id: string;
  kind: string;
  language: string | null;
  nextStep: Json | null;
  recipients: Generated<Json>;
  replyTo: string | null;
  rfcId: string | null;
  subject: string | null;
  takenBackAt: Timestamp | null;
  trimmed: string | null;
  trimmedHtml: string | null;
  undo: Json | null;
  undoUntil: Timestamp | null;
}

export interface MessageSearch {
  at: Timestamp;
  conversationId: string;
  inside: Generated<boolean>;
  messageId: string;
  words: string;
}

export interface Migration {
  name: string;
  number: number;
  ranAt: Generated<Timestamp>;
  sha256: string;
}

export interface Notification {
  aboutId: string;
  actorId: string | null;
  askId: string | null;
  at: Timestamp;
  conversationId: string | null;
  count: Generated<number>;
  id: string;
  inApp: boolean;
  kind: string;
  mailAt: Timestamp | null;
  mailboxId: string | null;
  messageId: string | null;
  outboxId: string | null;
  personId: string;
  postId: string | null;
  promiseId: string | null;
  pushAt: Timestamp | null;
  readAt: Timestamp | null;
}

export interface NotificationCause {
  eventSeq: number;
  notificationId: string;
  personId: string;
}

export interface NotificationChoice {
  digestEvery: Generated<string>;
  digestMinute: Generated<number>;
  kinds: Generated<Json>;
  pausedUntil: Timestamp | null;
  personId: string;
  quietFrom: number | null;
  quietTo: number | null;
  reachedOn: Generated<number[]>;
  showsWords: Generated<boolean>;
}

export interface NotSamePerson {
  at: Timestamp;
  byId: string;
  oneId: string;
  otherId: string;
}

export interface Offer {
  id: string;
  madeAt: Timestamp;
  madeBy: string;
  messageId: string;
  pickedId: string | null;
  promiseId: string | null;
  said: Generated<string>;
  settledAt: Timestamp | null;
  settledBy: string | null;
  settledHow: string | null;
  turns: Generated<number>;
  until: Timestamp;
}

export interface OfferOption {
  consequence: string;
  cost: Generated<string>;
  id: string;
  offerId: string;
  position: number;
  promiseDueAt: Timestamp | null;
  promiseWords: string | null;
  words: string;
}

export interface Organisation {
  about: Generated<string>;
  archivedAt: Timestamp | null;
  createdAt: Timestamp;
  id: string;
  language: string | null;
  name: string;
  replyWithin: number | null;
  sample: Generated<boolean>;
  zone: string | null;
}

export interface OrganisationDomain {
  domain: string;
  organisationId: string;
}

export interface OrganisationField {
  fieldId: string;
  organisationId: string;
  value: Json;
}

export interface Outbox {
  addressId: string | null;
  askMessageId: string | null;
  automatic: boolean;
  bouncedAt: Timestamp | null;
  claimedAt: Timestamp | null;
  committedAt: Timestamp | null;
  content: Json;
  conversationId: string | null;
  createdAt: Timestamp;
  error: string | null;
  id: string;
  mailboxId: string;
  messageId: string | null;
  notBefore: Timestamp;
  purpose: string;
  recipient: string;
  recipientNormal: string;
  rfcId: string;
  settledAt: Timestamp | null;
  state: Generated<string>;
  tries: Generated<number>;
}

export interface Participant {
  addressId: string;
  conversationId: string;
  personId: string;
  role: string;
  since: Timestamp;
}

export interface Passkey {
  counter: Generated<number>;
  createdAt: Timestamp;
  credentialId: string;
  id: string;
  lastUsedAt: Timestamp | null;
  name: string;
  personId: string;
  publicKey: Buffer;
  transports: Generated<string[]>;
}

export interface Person {
  about: Generated<string>;
  createdAt: Generated<Timestamp>;
  foldedName: Generated<string | null>;
  id: string;
  language: string | null;
  mergedInto: string | null;
  name: string;
  noUnaskedBy: string | null;
  noUnaskedSaid: string | null;
  noUnaskedSince: Timestamp | null;
  preferredChannel: string | null;
  preferredWords: string | null;
  sample: Generated<boolean>;
  zone: string | null;
}

export interface PersonField {
  fieldId: string;
  personId: string;
  value: Json;
}

export interface PersonMerge {
  absorbedId: string;
  at: Timestamp;
  byId: string | null;
  id: string;
  survivorId: string;
  undoneAt: Timestamp | null;
  undoneBy: string | null;
  was: Json;
}

export interface Post {
  alike: Buffer;
  answersTo: number | null;
  at: Timestamp;
  authorId: string | null;
  byUs: Generated<boolean>;
  cameBy: string;
  editedAt: Timestamp | null;
  html: string;
  id: string;
  likes: Generated<number>;
  number: number;
  press: string | null;
  removedBecause: Generated<string>;
  removedBy: string | null;
  revision: Generated<number>;
  settledAt: Timestamp | null;
  settledWaitedFor: string | null;
  settledWas: string | null;
  source: string;
  state: string;
  steps: Generated<Json>;
  stood: Generated<boolean>;
  topicId: string;
  waitsFor: string | null;
  words: string;
}

export interface PostEdit {
  at: Timestamp;
  html: string;
  id: string;
  postId: string;
  steps: Generated<Json>;
  title: string | null;
}

export interface PostFlag {
  at: Timestamp;
  counts: boolean;
  id: string;
  personId: string | null;
  postId: string;
  reason: string;
  settledAt: Timestamp | null;
  words: Generated<string>;
}

export interface PostLike {
  at: Timestamp;
  personId: string;
  postId: string;
}

export interface PostMention {
  personId: string;
  postId: string;
  toldAt: Timestamp | null;
}

export interface PostSearch {
  at: Timestamp;
  postId: string;
  topicId: string;
  words: string;
}

export interface PracticeTry {
  at: Timestamp;
  byUs: Generated<boolean>;
  id: string;
  personId: string | null;
  removedAt: Timestamp | null;
  topicId: string;
  words: Generated<string>;
  worked: boolean;
}

export interface Presence {
  conversationId: string;
  doing: string;
  personId: string;
  seenAt: Timestamp;
}

export interface Promise {
  automatic: Generated<boolean>;
  byPersonId: string | null;
  byTeamId: string | null;
  conversationId: string | null;
  direction: string;
  dueAt: Timestamp;
  endedAt: Timestamp | null;
  endedHow: string | null;
  endedWhy: string | null;
  endedWords: string | null;
  fellDueAt: Timestamp | null;
  id: string;
  kind: string;
  leadToldAt: Timestamp | null;
  madeAt: Timestamp;
  notedBy: string | null;
  relationshipId: string | null;
  remindedAt: Timestamp | null;
  remindedBy: string | null;
  replacedBy: string | null;
  soonAt: Timestamp | null;
  target: string | null;
  toldAt: Timestamp | null;
  toldBy: string | null;
  toPersonId: string | null;
  toTeamId: string | null;
  words: string;
}

export interface Push {
  deviceId: string;
  id: string;
  madeAt: Timestamp;
  notBefore: Timestamp;
  notificationId: string | null;
  tries: Generated<number>;
}

export interface PushDevice {
  agent: string | null;
  auth: string;
  createdAt: Timestamp;
  endpoint: string;
  id: string;
  lastGoodAt: Timestamp | null;
  p256dh: string;
  personId: string;
  sessionId: string;
}

export interface Question {
  at: Timestamp;
  conversationId: string;
  features: number[];
  messageId: string;
  recurringId: string | null;
  sortedAt: Timestamp | null;
  teamId: string;
}

export interface QuestionCount {
  one: Generated<boolean>;
  questions: Generated<number>;
}

export interface QuestionFeature {
  apart: Generated<number>;
  feature: number;
  same: Generated<number>;
  seen: Generated<number>;
}

export interface QuestionJudgement {
  at: Timestamp;
  conversationId: string;
  otherId: string;
  same: boolean;
}

export interface RecentSearch {
  at: Timestamp;
  id: string;
  personId: string;
  text: string;
}

export interface RecoveryCode {
  codeHash: Buffer;
  personId: string;
  usedAt: Timestamp | null;
}

export interface RecurringQuestion {
  answeredAt: Timestamp | null;
  decisionId: string | null;
  id: string;
  madeAt: Timestamp;
  outcome: string | null;
  outcomeWords: string | null;
  savedReplyId: string | null;
  teamId: string;
}

export interface Relationship {
  checkInFrom: Timestamp | null;
  id: string;
  keeperId: string | null;
  lastContactAt: Timestamp | null;
  lastContactKind: string | null;
  organisationId: string | null;
  personId: string | null;
  rhythmDays: number | null;
  sample: Generated<boolean>;
  since: Timestamp;
}

export interface RelationshipNote {
  at: Timestamp;
  byId: string;
  id: string;
  organisationId: string | null;
  personId: string | null;
  words: string;
}

export interface Rule {
  actions: Json;
  byId: string | null;
  conditions: Json;
  createdAt: Timestamp;
  deletedAt: Timestamp | null;
  enabled: Generated<boolean>;
  id: string;
  name: string;
  position: number;
  stops: Generated<boolean>;
  teamId: string | null;
}

export interface RuleMatch {
  at: Timestamp;
  conversationId: string;
  ruleId: string;
}

export interface SavedReply {
  archivedAt: Timestamp | null;
  changedAt: Timestamp;
  id: string;
  name: string;
  nextStep: string | null;
  ownerId: string | null;
  shortcut: string | null;
  teamId: string | null;
  used: Generated<number>;
  verified: Generated<number>;
}

export interface SavedReplyFlag {
  followUpId: string;
  id: string;
  madeAt: Timestamp;
  savedReplyId: string;
  settledAt: Timestamp | null;
  settledBy: string | null;
}

export interface SavedReplyText {
  body: string;
  language: string;
  position: number;
  savedReplyId: string;
}

export interface SavedReplyUse {
  messageId: string;
  savedReplyId: string;
}

export interface SavedView {
  columns: Generated<string[]>;
  createdAt: Timestamp;
  deletedAt: Timestamp | null;
  id: string;
  makerId: string;
  name: string;
  position: number;
  q: string;
  sort: string;
  teamId: string | null;
}

export interface SearchProgress {
  fillBefore: string | null;
  filled: Generated<boolean>;
  onlyOne: Generated<boolean>;
  wordsTo: Generated<string>;
}

export interface SearchWord {
  messages: number;
  word: string;
}

export interface Session {
  agent: string | null;
  createdAt: Timestamp;
  endedAt: Timestamp | null;
  expiresAt: Timestamp;
  id: string;
  lastSeenAt: Timestamp;
  mustSetUp: Generated<boolean>;
  network: string | null;
  personId: string;
  provedAt: Timestamp | null;
  tokenHash: Buffer;
}

export interface Sighting {
  conversationId: string;
  personId: string;
  version: number;
}

export interface Signature {
  changedAt: Timestamp;
  html: string;
  id: string;
  personId: string | null;
  teamId: string | null;
}

export interface SignInLink {
  createdAt: Timestamp;
  expiresAt: Timestamp;
  id: string;
  personId: string | null;
  purpose: string;
  tokenHash: Buffer;
  usedAt: Timestamp | null;
}

export interface SignInStep {
  by: string | null;
  challenge: string | null;
  createdAt: Timestamp;
  expiresAt: Timestamp;
  id: string;
  passwordHash: string | null;
  personId: string | null;
  purpose: string;
  sessionId: string | null;
  tokenHash: Buffer;
}

export interface Sorting {
  onlyOne: Generated<boolean>;
  spamAbove: Generated<string>;
  spamFilter: Generated<boolean>;
  spamUpstream: Generated<boolean>;
  version: Generated<number>;
}

export interface SpamLesson {
  at: Timestamp;
  byId: string | null;
  conversationId: string;
  taught: string;
  tokens: string[];
}

export interface SpamToken {
  ham: Generated<number>;
  spam: Generated<number>;
  token: string;
}

export interface SpamVerdict {
  at: Timestamp;
  blockedId: string | null;
  conversationId: string;
  score: number | null;
  why: string;
  words: Generated<string[]>;
}

export interface Tag {
  archivedAt: Timestamp | null;
  createdAt: Generated<Timestamp>;
  id: string;
  mergedInto: string | null;
  name: string;
  normal: string;
  tint: Generated<string>;
}

export interface Team {
  archivedAt: Timestamp | null;
  assigns: Generated<string>;
  calendarId: string;
  createdAt: Generated<Timestamp>;
  fallbackId: string;
  followUpDays: Generated<number>;
  id: string;
  name: string;
  reopenDays: Generated<number>;
  replyWithin: Generated<number>;
  sample: Generated<boolean>;
}

export interface TeamMember {
  loadLimit: number | null;
  personId: string;
  role: string;
  since: Generated<Timestamp>;
  teamId: string;
}

export interface TeamMove {
  at: Timestamp;
  byId: string | null;
  conversationId: string;
  fromTeamId: string;
  id: string;
  reason: string;
  toTeamId: string;
}

export interface Throttle {
  bucket: string;
  since: Timestamp;
  taken: number;
}

export interface Topic {
  acceptedAt: Timestamp | null;
  acceptedId: string | null;
  answers: Generated<number>;
  begunAt: Timestamp;
  categoryId: string;
  checkedAt: Timestamp | null;
  id: string;
  kind: string;
  language: string;
  lastAt: Timestamp;
  lastNumber: Generated<number>;
  likeness: string;
  lockedAt: Timestamp | null;
  mergedInto: string | null;
  mergedNumber: number | null;
  notWorked: Generated<number>;
  number: Generated<number>;
  pinnedAt: Timestamp | null;
  removedBy: string | null;
  reviewDueAt: Timestamp | null;
  sample: Generated<boolean>;
  slug: string;
  state: string;
  title: string;
  worked: Generated<number>;
}

export interface TopicFollow {
  mode: string;
  personId: string;
  since: Timestamp;
  topicId: string;
}

export interface TopicTie {
  articleId: string | null;
  conversationId: string | null;
  id: string;
  kind: string;
  madeAt: Timestamp;
  postId: string | null;
  topicId: string;
}

export interface Touch {
  at: Timestamp;
  byId: string;
  checkInId: string | null;
  id: string;
  kind: string;
  madeAt: Timestamp;
  minutes: number | null;
  organisationId: string | null;
  personId: string | null;
  sample: Generated<boolean>;
  words: Generated<string>;
}

export interface UnaskedContact {
  at: Timestamp;
  conversationId: string | null;
  id: string;
  kind: string;
  personId: string;
  pulseUntil: Timestamp | null;
  until: Timestamp;
}

export interface Undoable {
  act: string;
  at: Timestamp;
  conversationId: string;
  personId: string;
  token: string;
  version: number;
  was: Json;
}

export interface Upload {
  bytes: number;
  createdAt: Timestamp;
  id: string;
  mediaType: string;
  name: string;
  personId: string;
  sha256: Buffer;
}

export interface DB {
  absence: Absence;
  address: Address;
  article: Article;
  articleCategory: ArticleCategory;
  articleCategoryName: ArticleCategoryName;
  articleCategorySlug: ArticleCategorySlug;
  articleFlag: ArticleFlag;
  articleOrganisation: ArticleOrganisation;
  articlePicture: ArticlePicture;
  articleRating: ArticleRating;
  articleSearch: ArticleSearch;
  articleSearchMiss: ArticleSearchMiss;
  articleSlug: ArticleSlug;
  articleUse: ArticleUse;
  articleVersion: ArticleVersion;
  ask: Ask;
  askContext: AskContext;
  askFile: AskFile;
  askMessage: AskMessage;
  attachment: Attachment;
  authenticator: Authenticator;
  backup: Backup;
  blockedSender: BlockedSender;
  calendar: Calendar;
  calendarHours: CalendarHours;
  categoryFollow: CategoryFollow;
  chat: Chat;
  chatChannel: ChatChannel;
  chatLine: ChatLine;
  chatPresence: ChatPresence;
  chatSeat: ChatSeat;
  chatSession: ChatSession;
  chatTrouble: ChatTrouble;
  chatUpload: ChatUpload;
  communityCategory: CommunityCategory;
  communityCategoryName: CommunityCategoryName;
  communityCategoryOrganisation: CommunityCategoryOrganisation;
  communityCategorySlug: CommunityCategorySlug;
  communityPerson: CommunityPerson;
  communitySetting: CommunitySetting;
  communityWaiting: CommunityWaiting;
  conversation: Conversation;
  conversationField: ConversationField;
  conversationLink: ConversationLink;
  conversationShare: ConversationShare;
  conversationTag: ConversationTag;
  customerLink: CustomerLink;
  customerSession: CustomerSession;
  customField: CustomField;
  delivery: Delivery;
  deliveryReport: DeliveryReport;
  deliveryUid: DeliveryUid;
  draft: Draft;
  duty: Duty;
  event: Event;
  eventReader: EventReader;
  file: File;
  follower: Follower;
  followUp: FollowUp;
  form: Form;
  formSent: FormSent;
  goodwill: Goodwill;
  goodwillAllowance: GoodwillAllowance;
  handover: Handover;
  helpPage: HelpPage;
  helpPageSlug: HelpPageSlug;
  helpPageText: HelpPageText;
  holiday: Holiday;
  insightDay: InsightDay;
  insightDue: InsightDue;
  insightPart: InsightPart;
  insightZone: InsightZone;
  installation: Installation;
  keptFile: KeptFile;
  keptWords: KeptWords;
  laterReply: LaterReply;
  logo: Logo;
  mailbox: Mailbox;
  mailboxFolder: MailboxFolder;
  mailImport: MailImport;
  member: Member;
  membership: Membership;
  mention: Mention;
  merge: Merge;
  message: Message;
  messageSearch: MessageSearch;
  migration: Migration;
  notification: Notification;
  notificationCause: NotificationCause;
  notificationChoice: NotificationChoice;
  notSamePerson: NotSamePerson;
  offer: Offer;
  offerOption: OfferOption;
  organisation: Organisation;
  organisationDomain: OrganisationDomain;
  organisationField: OrganisationField;
  outbox: Outbox;
  participant: Participant;
  passkey: Passkey;
  person: Person;
  personField: PersonField;
  personMerge: PersonMerge;
  post: Post;
  postEdit: PostEdit;
  postFlag: PostFlag;
  postLike: PostLike;
  postMention: PostMention;
  postSearch: PostSearch;
  practiceTry: PracticeTry;
  presence: Presence;
  promise: Promise;
  push: Push;
  pushDevice: PushDevice;
  question: Question;
  questionCount: QuestionCount;
  questionFeature: QuestionFeature;
  questionJudgement: QuestionJudgement;
  recentSearch: RecentSearch;
  recoveryCode: RecoveryCode;
  recurringQuestion: RecurringQuestion;
  relationship: Relationship;
  relationshipNote: RelationshipNote;
  rule: Rule;
  ruleMatch: RuleMatch;
  savedReply: SavedReply;
  savedReplyFlag: SavedReplyFlag;
  savedReplyText: SavedReplyText;
  savedReplyUse: SavedReplyUse;
  savedView: SavedView;
  searchProgress: SearchProgress;
  searchWord: SearchWord;
  session: Session;
  sighting: Sighting;
  signature: Signature;
  signInLink: SignInLink;
  signInStep: SignInStep;
  sorting: Sorting;
  spamLesson: SpamLesson;
  spamToken: SpamToken;
  spamVerdict: SpamVerdict;
  tag: Tag;
  team: Team;
  teamMember: TeamMember;
  teamMove: TeamMove;
  throttle: Throttle;
  topic: Topic;
  topicFollow: TopicFollow;
  topicTie: TopicTie;
  touch: Touch;
  unaskedContact: UnaskedContact;
  undoable: Undoable;
  upload: Upload;
}
