package main

import (
	"fmt"
	"maps"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var languages = []catalogue.Lang{"nb", "nn", "en"}

// say gives one of the demo's texts, with values put in; a key that is not there
// is an error, so that no page shows a hole.
func say(lang catalogue.Lang, key string, values ...any) (string, error) {
	text, found := texts[key]
	if !found {
		return "", fmt.Errorf("no text %q", key)
	}
	return filled(text.In(lang), values), nil
}

// filled is a text with its gaps filled.
func filled(text string, values []any) string {
	if len(values) == 0 {
		return text
	}
	return fmt.Sprintf(text, values...)
}

// texts is everything that the sites say.
var texts = together(sharedTexts, frontTexts, problemTexts, clinicianTexts, followTexts, lifeTexts, codeTexts, portalTexts, toolTexts)

func together(parts ...map[string]catalogue.Text) map[string]catalogue.Text {
	all := map[string]catalogue.Text{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
