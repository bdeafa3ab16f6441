/** Signing in with address and password. */
export function SignInPage() {
  return <main />
}
