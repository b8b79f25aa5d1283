import { ask, type Query } from './client.ts'

/** Fetches a file as the reader, in the reader's language, and hands it to the browser to keep under the server's name for it. */
export async function saveFile(path: string, query: Query = {}): Promise<void> {
  const answer = await ask(path, { query })
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'huiyin'
  const url = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
