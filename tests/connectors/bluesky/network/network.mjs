// A PDS and a PLC on loopback, until standard input ends. Says where they are in one line of JSON.
import { TestNetworkNoAppView } from '@atproto/dev-env'

const network = await TestNetworkNoAppView.create({ plc: {}, pds: {} })
console.log(JSON.stringify({ pds: network.pds.url, plc: network.plc.url }))
process.stdin.resume()
process.stdin.on('end', async () => {
  await network.close()
  process.exit(0)
})
