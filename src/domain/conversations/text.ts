/** What a member wrote, as the commands of conversations take it. */
export { escaped, isBlank, type Written, withUploads, written } from '../../platform/mail/reading/written.ts'
