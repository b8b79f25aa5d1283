import type { z } from 'zod'
import type * as api from '../../../../src/collect/giving-back/api.ts'
import type { Condition, Place, TargetDefinition } from '../../../../src/collect/giving-back/target.ts'
import type * as web from '../../../../src/collect/web-events/routes.ts'

export type { Condition, Place, TargetDefinition }
export type MartList = z.infer<typeof api.martList>
export type Mart = MartList['rows'][number]
export type TargetList = z.infer<typeof api.targetList>
export type Target = z.infer<typeof api.targetRow>
export type TargetMade = z.infer<typeof api.targetMade>
export type DeliveryList = z.infer<typeof api.deliveryList>
export type Delivery = DeliveryList['rows'][number]
export type DeadLetterList = z.infer<typeof api.deadLetterList>
export type MartSample = z.infer<typeof api.martSample>
export type ApiKeyList = z.infer<typeof api.apiKeyList>
export type ApiKey = ApiKeyList['rows'][number]
export type WebSiteList = z.infer<typeof web.webSiteList>
export type WebSite = WebSiteList['rows'][number]
