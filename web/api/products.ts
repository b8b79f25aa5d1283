/** Shapes of products, needs and catalogues. */
import type { z } from 'zod'
import type * as catalogues from '../../src/analyze/catalogues/api.ts'
import type * as needs from '../../src/analyze/needs/api.ts'
import type * as products from '../../src/analyze/products/api.ts'

export type ProductList = z.infer<typeof products.productList>
export type ProductRow = z.infer<typeof products.productRow>
export type ProductView = z.infer<typeof products.productView>
export type Companion = z.infer<typeof products.companion>
export type ProposedCustomers = z.infer<typeof products.proposedCustomers>
export type RuleList = z.infer<typeof products.ruleList>
export type AssociationRule = z.infer<typeof products.associationRule>
export type CategoryPairs = z.infer<typeof products.categoryPairs>
export type ProductBacktest = z.infer<typeof products.backtestView>
export type CustomerNext = z.infer<typeof products.customerNext>

export type NeedList = z.infer<typeof needs.needList>
export type NeedRow = NeedList['rows'][number]
export type NeedView = z.infer<typeof needs.needView>
export type NeedBody = z.infer<typeof needs.needBody>
export type NeedServing = NeedBody['products'][number]
export type NeedReach = z.infer<typeof needs.reachView>
export type NeedFeatures = z.infer<typeof needs.needFeatureList>
export type NeedFeature = NeedFeatures['rows'][number]

export type CatalogueList = z.infer<typeof catalogues.catalogueList>
export type CatalogueView = z.infer<typeof catalogues.catalogueView>
export type CatalogueSave = z.input<typeof catalogues.catalogueSave>
export type CatalogueSuggestions = z.infer<typeof catalogues.suggestionList>
export type Distribution = z.infer<typeof catalogues.distributionView>
export type Recipients = z.infer<typeof catalogues.recipientList>
