/** The message centre of the benchmark `sms`, in a process of its own on the same cores. */
import { smppCentre } from '../../src/interact/channels/test-servers/smpp-server.ts'

const centre = await smppCentre()
process.send?.({ port: centre.port })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ count: centre.count, mostOpen: centre.mostOpen, cpu: (user + system) / 1e6 })
})
process.on('disconnect', () => process.exit())
