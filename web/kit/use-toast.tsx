import { App, Button } from 'antd'

interface Back {
  label: string
  act: () => void
}

/** Long enough to see that it was the wrong one. */
const UNDO_SECONDS = 8

/** A short word that something was done or not; what can be taken back says so. */
export function useToast(): { done(text: string, back?: Back): void; failed(text: string): void } {
  const { message } = App.useApp()
  return {
    done(text, back) {
      if (!back) return void message.success(text)
      const close = message.success(
        <>
          {text}{' '}
          <Button
            size="small"
            type="link"
            onClick={() => {
              close()
              back.act()
            }}
          >
            {back.label}
          </Button>
        </>,
        UNDO_SECONDS,
      )
    },
    failed: text => void message.error(text),
  }
}
