/** Declares the routes of all slices on a test desk, as the real server does. */
import type { TestDesk } from '../people.ts'

export async function allRoutes(_desk: TestDesk): Promise<void> {}
