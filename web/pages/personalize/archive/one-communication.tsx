import { useGet } from '../../../api/queries.ts'
import type { Communication, DeliveryList } from '../../../api/types.ts'
import { CommunicationViewer } from '../communication-viewer.tsx'
import { latestDelivery } from '../latest-delivery.ts'

/** With what became of it. */
export function OneCommunication({ communication }: { communication: Communication }) {
  const deliveries = useGet<DeliveryList>(`/customers/${communication.customerId}/deliveries`, {
    enabled: communication.customerId > 0,
  })
  return (
    <CommunicationViewer
      communication={communication}
      delivery={latestDelivery(deliveries.data?.rows ?? [], communication.communicationId)}
    />
  )
}
