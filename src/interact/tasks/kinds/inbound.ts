import type { TaskKind } from './kind.ts'

/** The customer called us. The task begins when an agent answers, and belongs to that agent. */
export const inbound: TaskKind = {
  id: 'inbound',
  name: { en: 'The customer calls', zh: '客户来电' },
  contact: 'service',
  askedFor: true,
  titles: async (_, tasks) => new Map(tasks.map(task => [task.task_id, inbound.name])),
  async script(_, { language }) {
    const zh = language.startsWith('zh')
    return {
      language,
      blocks: [
        {
          id: 'who',
          title: zh ? '1 核实身份' : '1 Who is it',
          say: zh
            ? '您好，请问怎么称呼您？为保护您的信息，请您告诉我出生日期或客户编号。'
            : 'Good day, whom am I speaking to? To protect you, please tell me your date of birth or your account number.',
          fields: [],
          next: [{ answer: zh ? '已核实' : 'Verified', to: 'wish' }],
        },
        {
          id: 'wish',
          title: zh ? '2 来电原因' : '2 What it is about',
          say: zh ? '请问有什么可以帮您？' : 'What can I do for you?',
          fields: [
            {
              id: 'topic',
              label: zh ? '来电事由' : 'It is about',
              kind: 'choice',
              options: zh
                ? ['账单', '订单', '商品', '我们发的信息', '变更资料', '投诉', '其他']
                : [
                    'A bill',
                    'An order',
                    'A product',
                    'What we sent',
                    'Change of details',
                    'A complaint',
                    'Something else',
                  ],
            },
            { id: 'words', label: zh ? '客户原话' : "In the customer's words", kind: 'text', options: [] },
          ],
          next: [
            { answer: zh ? '已解决' : 'Settled', to: 'offer' },
            { answer: zh ? '需要跟进' : 'To be followed up', to: 'thanks' },
          ],
        },
        {
          id: 'offer',
          title: zh ? '3 合适时推荐' : '3 If it fits, the offer',
          say: zh
            ? '若客户没有未结投诉且愿意听，请介绍右侧的推荐优惠。'
            : 'If no complaint is open and the customer has a moment: the offer shown beside.',
          fields: [],
          next: [{ answer: zh ? '继续' : 'Go on', to: 'thanks' }],
        },
        {
          id: 'thanks',
          title: zh ? '4 结束' : '4 Goodbye',
          say: zh ? '感谢您的来电，祝您生活愉快。' : 'Thank you for calling. Goodbye.',
          fields: [],
          next: [],
        },
      ],
    }
  },
}
