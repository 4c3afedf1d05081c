package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// Text is the status in words, in nb, nn and en, as within a sentence.
func (s Status) Text() catalogue.Text { return statusWords[s].text() }

// Text is the level in words, in nb, nn and en, as within a sentence.
func (l Level) Text() catalogue.Text { return levels[l].text() }
