import type { Text } from '../../../platform/text.ts'
import type { DeskScript } from './kind.ts'

/** A call that opens with one sentence and takes down what the customer says. */
export function noteScript(language: string, title: Text | undefined, opening: Text | undefined): DeskScript {
  const say = (text: Text): string => (language.startsWith('zh') ? text.zh : text.en)
  return {
    language,
    blocks: [
      {
        id: 'open',
        title: title ? say(title) : '',
        say: opening ? say(opening) : '',
        fields: [
          { id: 'reason', label: say({ en: 'What the customer says', zh: '客户反馈' }), kind: 'text', options: [] },
        ],
        next: [{ answer: say({ en: 'Written down', zh: '已记录' }), to: 'thanks' }],
      },
      {
        id: 'thanks',
        title: say({ en: 'Thanks', zh: '致谢' }),
        say: say({ en: 'Thank you for telling us. We will see to it.', zh: '感谢您的反馈，我们会跟进处理。' }),
        fields: [],
        next: [],
      },
    ],
  }
}
