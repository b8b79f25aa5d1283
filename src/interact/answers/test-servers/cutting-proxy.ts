/** For tests: stands before a server and loses the connection in the middle of what it says, once. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface CuttingProxy {
  port: number
  /** Of the next bytes the server sends, so many get through. */
  cutAfter(bytes: number): void
  /** Connections lost so far. */
  cuts(): number
  close(): Promise<void>
}

export async function cuttingProxy(port: number): Promise<CuttingProxy> {
  let room = Number.POSITIVE_INFINITY
  let cuts = 0
  const open = new Set<Socket>()
  const server = createServer(client => {
    const behind = connect(port, '127.0.0.1')
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        behind.destroy()
        open.delete(socket)
      })
    }
    client.pipe(behind)
    behind.on('data', (chunk: Buffer) => {
      client.write(chunk.subarray(0, room))
      room -= chunk.length
      if (room > 0) return
      room = Number.POSITIVE_INFINITY
      cuts++
      client.end()
      behind.destroy()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter: bytes => {
      room = bytes
    },
    cuts: () => cuts,
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}
