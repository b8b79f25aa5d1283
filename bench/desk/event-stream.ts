/** A browser's event stream of calls (server-sent events): one message for each blank line, however the network cuts it. */
import { request } from 'node:http'

export interface Ringing {
  /** The customer on the line, as the desk is told; refuses when the stream ends or says nothing for so long. */
  told(callId: string, withinMs: number): Promise<number>
  close(): void
}

interface Waiting {
  resolve(customerId: number): void
  reject(error: Error): void
}

export function listen(address: string, cookie: string): Promise<Ringing> {
  const waiting = new Map<string, Waiting>()
  const heard = new Map<string, number>()
  let ended: Error | undefined
  const message = (text: string): { event: string; data: string } => {
    const field = (name: string): string =>
      text
        .split('\n')
        .filter(line => line.startsWith(`${name}: `))
        .map(line => line.slice(name.length + 2))
        .join('\n')
    return { event: field('event'), data: field('data') }
  }
  return new Promise((resolve, reject) => {
    const stream = request(`${address}/api/v1/desk/events`, { headers: { cookie, accept: 'text/event-stream' } })
    const end = (why: string): void => {
      ended ??= new Error(`the event stream of calls ${why}`)
      reject(ended)
      for (const { reject: refuse } of waiting.values()) refuse(ended)
    }
    const limit = setTimeout(() => stream.destroy(new Error('was not ready within 30 s')), 30_000)
    const ringing: Ringing = {
      close: () => stream.destroy(),
      told: (callId, withinMs) =>
        new Promise((told, refuse) => {
          const already = heard.get(callId)
          if (already !== undefined) return told(already)
          if (ended) return refuse(ended)
          const late = setTimeout(
            () => refuse(new Error(`no desk was told of ${callId} within ${withinMs} ms`)),
            withinMs,
          )
          const settled =
            <T>(settle: (value: T) => void) =>
            (value: T): void => {
              clearTimeout(late)
              settle(value)
            }
          waiting.set(callId, { resolve: settled(told), reject: settled(refuse) })
        }),
    }
    const take = (text: string): void => {
      const { event, data } = message(text)
      if (event === 'ready') {
        clearTimeout(limit)
        resolve(ringing)
      }
      if (event !== 'call') return
      const call = JSON.parse(data) as { callId: string; customerId: number }
      heard.set(call.callId, call.customerId)
      waiting.get(call.callId)?.resolve(call.customerId)
      waiting.delete(call.callId)
    }
    stream.on('error', error => end(error.message))
    stream.on('response', answer => {
      if (answer.statusCode !== 200) return end(`was refused: ${answer.statusCode}`)
      let rest = ''
      answer.setEncoding('utf8').on('data', (text: string) => {
        const messages = (rest + text).split('\n\n')
        rest = messages.pop()!
        for (const one of messages) take(one)
      })
      answer.on('end', () => end('ended'))
      answer.on('error', error => end(error.message))
    })
    stream.end()
  })
}
