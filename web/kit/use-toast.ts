import { App } from 'antd'

/** A short word that something was done or not. */
export function useToast(): { done(text: string): void; failed(text: string): void } {
  const { message } = App.useApp()
  return {
    done: text => void message.success(text),
    failed: text => void message.error(text),
  }
}
