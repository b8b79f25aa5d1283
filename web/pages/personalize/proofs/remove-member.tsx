import { useText } from '../../../i18n/use-text.ts'
import { Button, useToast } from '../../../kit/index.ts'
import type { ProofMember } from './types.ts'
import { useProofChange } from './use-proof-change.ts'

export function RemoveMember({ templateId, member }: { templateId: string; member: ProofMember }) {
  const { t } = useText()
  const toast = useToast()
  const change = useProofChange(templateId, () => toast.done(t('proof.removed')))
  return (
    <Button
      type="text"
      loading={change.isPending}
      onClick={() => change.mutate({ method: 'DELETE', path: `/templates/${templateId}/proof-members/${member.id}` })}
    >
      {t('proof.remove')}
    </Button>
  )
}
