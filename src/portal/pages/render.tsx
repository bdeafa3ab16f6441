/** Pages outside as static markup without a script. Each shape has its component; a page is laid out and nothing is decided. */
import { renderToStaticMarkup } from 'react-dom/server'
import type { Page } from '../page.ts'
import { ArticlePage } from './ArticlePage.tsx'
import { FilledPage } from './FilledPage.tsx'
import { ForumPage } from './ForumPage.tsx'
import { HomePage } from './HomePage.tsx'
import { LetterPage } from './LetterPage.tsx'
import { MePage } from './MePage.tsx'
import { MinePage } from './MinePage.tsx'
import { OnePage } from './OnePage.tsx'
import { OwnPage } from './OwnPage.tsx'
import { Shell } from './Shell.tsx'
import { TopicPage } from './TopicPage.tsx'

export function render(page: Page): string {
  const markup = renderToStaticMarkup(
    <Shell frame={page.frame} title={titleOf(page)}>
      {within(page)}
    </Shell>,
  )
  return `<!doctype html>${markup}`
}

/** Where something is to be mended the window says so first. */
function titleOf(page: Page): string {
  return page.is === 'letter' && page.form?.trouble ? page.words.mend : page.frame.words.title
}

function within(page: Page) {
  switch (page.is) {
    case 'article':
      return <ArticlePage {...page} />
    case 'letter':
      return <LetterPage {...page} />
    case 'forum':
      return <ForumPage {...page} />
    case 'topic':
      return <TopicPage {...page} />
    case 'home':
      return <HomePage {...page} />
    case 'form':
      return <FilledPage {...page} />
    case 'mine':
      return <MinePage {...page} />
    case 'one':
      return <OnePage {...page} />
    case 'own':
      return <OwnPage {...page} />
    case 'me':
      return <MePage {...page} />
  }
}
