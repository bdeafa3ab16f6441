/** A name that leads to the person's page, for those who may open it; for the others the name. */
import { Link } from '@tanstack/react-router'
import { useMe } from '../session/me.ts'
import { servesSomewhere } from '../shell/serves.ts'

export function PersonLink({ id, name }: { id: string; name: string }) {
  const me = useMe()
  if (!servesSomewhere(me)) return <bdi>{name}</bdi>
  return (
    <Link to="/people/$personId" params={{ personId: id }} search={{}} className="personlink">
      <bdi>{name}</bdi>
    </Link>
  )
}
