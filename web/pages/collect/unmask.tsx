import { EyeOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import type { Unmasked } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, Input, Popover, useProblem } from '../../kit/index.ts'

interface UnmaskProps {
  customerId: number
  field: string
  onValue: (value: string) => void
}

/** Shows one value in plain; that it was looked at, by whom and why is kept. */
export function Unmask({ customerId, field, onValue }: UnmaskProps) {
  const { t, term } = useText()
  const problem = useProblem()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const unmask = useMutation({
    mutationFn: () =>
      send<Unmasked>('POST', `/customers/${customerId}/unmask`, {
        field,
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }),
    onSuccess: answer => {
      setOpen(false)
      onValue(answer.value)
    },
  })
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={t('unmask.title', { field: term('field', field) })}
      content={
        <div className="stack tight" style={{ width: 260 }}>
          <p className="small soft">{t('unmask.logged')}</p>
          <Input
            value={reason}
            maxLength={500}
            placeholder={t('unmask.reason')}
            aria-label={t('unmask.reason')}
            onChange={event => setReason(event.target.value)}
            onPressEnter={event => {
              if (!event.nativeEvent.isComposing) unmask.mutate()
            }}
          />
          {unmask.error ? <p className="small bad">{problem(unmask.error)}</p> : null}
          <Button type="primary" loading={unmask.isPending} onClick={() => unmask.mutate()}>
            {t('unmask.show')}
          </Button>
        </div>
      }
    >
      <Button
        className="no-print"
        type="text"
        size="small"
        icon={<EyeOutlined />}
        aria-label={t('unmask.title', { field: term('field', field) })}
      />
    </Popover>
  )
}
