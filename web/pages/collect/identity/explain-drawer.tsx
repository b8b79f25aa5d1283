import { useGet } from '../../../api/queries.ts'
import type { PairView } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Drawer } from '../../../kit/index.ts'
import { PairSides } from './pair-sides.tsx'
import { Waterfall } from './waterfall.tsx'

interface Ref {
  source: string
  rowKey: string
}

/** Why two records are, or are not, one customer. */
export function ExplainDrawer({ left, right, onClose }: { left: Ref; right: Ref; onClose: () => void }) {
  const { t } = useText()
  const name = ({ source, rowKey }: Ref): string => `${source}:${rowKey}`
  const query = useGet<PairView>('/identity/explain', { query: { left: name(left), right: name(right) } })
  return (
    <Drawer open onClose={onClose} size={720} title={t('identity.explain-title')}>
      <Async query={query} lines={12}>
        {pair => (
          <div className="stack">
            <Waterfall pair={pair} />
            <PairSides pair={pair} />
          </div>
        )}
      </Async>
    </Drawer>
  )
}
