package main

import "github.com/verktoykatalog/verktoy/catalogue"

// frontPage tells the story and where to begin.
type frontPage struct {
	Places []place
	Words  catalogue.Text // to try the search with
}

// place is a site of the demo: what one does there, and where.
type place struct {
	Key, Href string // Key begins the keys of its texts
}

func front(urls [3]string, desk string) frontPage {
	return frontPage{Words: catalogue.Text{"nb": "sosial angst", "nn": "sosial angst", "en": "social anxiety"}, Places: []place{
		{"front-clinician", urls[0] + "/search"},
		{"front-portal", urls[1]},
		{"front-tool", urls[2]},
		{"front-follow", urls[0] + "/prescriptions"},
		{"front-desk", desk},
	}}
}
