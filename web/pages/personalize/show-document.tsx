import { useState } from 'react'
import { useMay } from '../../api/session.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button } from '../../kit/index.ts'
import { Document } from './document.tsx'

/** The thing itself on demand, for whoever may read it. */
export function ShowDocument({ id }: { id: string }) {
  const { t } = useText()
  const reads = useMay()('communications.content')
  const [shown, setShown] = useState(false)
  if (!reads) return null
  return (
    <div className="stack tight">
      <Button size="small" style={{ justifySelf: 'start' }} aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t(shown ? 'comm.hide' : 'comm.show')}
      </Button>
      {shown ? <Document id={id} /> : null}
    </div>
  )
}
