import { Link, useParams } from 'react-router'
import { ApiError } from '../../../api/client.ts'
import type { NeedView } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Page } from '../../../kit/index.ts'
import { NeedEditor } from './need-editor.tsx'

export default function NeedPage() {
  const { t, say } = useText()
  const { code = '' } = useParams()
  const view = useGet<NeedView>(`/needs/${code}`)
  const isNew = view.error instanceof ApiError && view.error.code === 'needs.no-such-need'
  const newest = view.data?.versions[0]
  return (
    <Page
      title={newest ? say(newest.body.name) : code}
      lead={newest ? say(newest.body.about) : isNew ? t('needs.new-lead') : null}
      crumb={<Link to="/needs">{t('needs.title')}</Link>}
    >
      {isNew ? (
        <NeedEditor key={`new ${code}`} code={code} view={undefined} />
      ) : (
        <Async query={view} lines={12}>
          {data => <NeedEditor key={code} code={code} view={data} />}
        </Async>
      )}
    </Page>
  )
}
