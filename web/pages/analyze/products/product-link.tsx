import { Link } from 'react-router'
import type { Text } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'

/** A product by its name, leading to its page. */
export function ProductLink({ code, name }: { code: string; name: Text }) {
  const { say } = useText()
  return (
    <Link to={`/products/${encodeURIComponent(code)}`} title={code}>
      {say(name)}
    </Link>
  )
}
