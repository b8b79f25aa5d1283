import { apiPath } from '../../api/client.ts'

/** A page of the portal or a kiosk, as the customer sees it: no scripts, no forms, no way out of its frame. */
export function PageViewer({ id, title }: { id: string; title: string }) {
  return (
    <iframe
      className="mail"
      sandbox=""
      referrerPolicy="no-referrer"
      src={apiPath(`/communications/${id}/preview`)}
      title={title}
    />
  )
}
