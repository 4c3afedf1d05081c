package main

import (
	"maps"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// deskTexts is what the desk says besides what package approval says.
var deskTexts = joined(deskPanelTexts)

func joined(all ...map[string]catalogue.Text) map[string]catalogue.Text {
	out := map[string]catalogue.Text{}
	for _, texts := range all {
		maps.Copy(out, texts)
	}
	return out
}

func inThree(nb, nn, en string) catalogue.Text { return catalogue.Text{"nb": nb, "nn": nn, "en": en} }
