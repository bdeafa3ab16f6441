/** HTTP for the settings of the pages outside, their forms, and pages of our own. The right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as of from '../../contract/forms.ts'
import * as own from '../../contract/help-pages.ts'
import * as contract from '../../contract/portal.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { serve } from '../../platform/http/index.ts'
import { type Rights, wholeInstallation } from '../access/index.ts'
import { removeForm, saveForm } from './forms/commands.ts'
import { formsOf, placesOf } from './forms/tables.ts'
import { madeSafe, removeHelpPage, saveHelpPage } from './pages/commands.ts'
import { helpPagesOf } from './pages/tables.ts'
import { portalSettingsIn, setPortal } from './settings.ts'

type Parts = {
  db: Db
  rights: Rights
  baseUrl: URL
  hosts: { origin: (house: { portal: contract.PortalSettings }) => string; renew: () => Promise<void> }
}

export function customerRoutes(app: FastifyInstance, { db, rights, baseUrl, hosts }: Parts) {
  const addressOf = (settings: contract.PortalSettings) => `${hosts.origin({ portal: settings })}/help`
  serve(app, contract.portalSettings, rights.administrator, async () => {
    const settings = portalSettingsIn((await wholeInstallation(db)).settings)
    return { settings, address: addressOf(settings) }
  })
  serve(app, contract.setPortalSettings, rights.administrator, async (settings, { actor, now }) => {
    const before = await inTransaction(db, tx => setPortal(tx, actor, settings, { baseUrl, now }))
    await hosts.renew()
    return { settings, before, address: addressOf(settings) }
  })

  const { administrator } = rights
  serve(app, own.helpPages, administrator, async () => {
    const settings = portalSettingsIn((await wholeInstallation(db)).settings)
    return { pages: await helpPagesOf(db), origin: hosts.origin({ portal: settings }) }
  })
  serve(app, own.saveHelpPage, administrator, async (input, { actor, now }) => {
    const read = await madeSafe(input)
    return { page: await inTransaction(db, tx => saveHelpPage(tx, actor, read, now)) }
  })
  serve(app, own.removeHelpPage, administrator, ({ pageId }, { actor, now }) =>
    inTransaction(db, tx => removeHelpPage(tx, actor, pageId, now)),
  )
  serve(app, of.forms, administrator, async () => ({ forms: await formsOf(db), ...(await placesOf(db)) }))
  serve(app, of.saveForm, administrator, async (input, { actor, now }) => ({
    form: await inTransaction(db, tx => saveForm(tx, actor, input, now)),
  }))
  serve(app, of.removeForm, administrator, ({ formId }, { actor, now }) =>
    inTransaction(db, tx => removeForm(tx, actor, formId, now)),
  )
}
