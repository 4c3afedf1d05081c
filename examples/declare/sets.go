package main

import (
	"errors"
	"strconv"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// releasedSet is the JSON for one set.
type releasedSet struct {
	approval.ReleasedSet
	ValidFrom    catalogue.Date `json:"validFrom"`
	ValidTo      catalogue.Date `json:"validTo,omitempty"`
	Requirements int            `json:"requirements"`
	Title        string         `json:"title"`
}

func (c command) sets(args []string) (int, error) {
	f := c.flags("sets")
	f.StringVar(&f.lang, "lang", "nb", "language of the texts: nb, nn or en")
	asJSON := f.Bool("json", false, "print JSON")
	if err := f.parse(args); err != nil {
		return unusable, err
	}
	if f.NArg() != 0 {
		return unusable, errors.New("sets: want no file and no name")
	}
	all, err := requirement.All()
	if err != nil {
		return unusable, err
	}
	var list []releasedSet
	for _, s := range all {
		ref := approval.ReleasedSet{ID: s.ID, Version: s.Version, SHA256: s.Digest()}
		list = append(list, releasedSet{ref, s.ValidFrom, s.ValidTo, len(s.Requirements), in(s.Title, f.lang)})
	}
	if *asJSON {
		return valid, c.printJSON(list)
	}
	return valid, c.printSets(list, f.lang)
}

func (c command) printSets(list []releasedSet, lang string) error {
	rows := [][]string{{in(texts["set"], lang), in(setTexts["count"], lang), in(setTexts["from"], lang), "SHA-256", in(setTexts["title"], lang)}}
	for _, s := range list {
		rows = append(rows, []string{s.ID + "@" + s.Version, strconv.Itoa(s.Requirements), days(s), string(s.SHA256), s.Title})
	}
	return c.table(rows)
}

// days are the first day and, if there is one, the last.
func days(s releasedSet) string {
	if s.ValidTo == "" {
		return string(s.ValidFrom)
	}
	return string(s.ValidFrom + "/" + s.ValidTo)
}

var setTexts = map[string]catalogue.Text{
	"count": {"nb": "Krav", "nn": "Krav", "en": "Requirements"},
	"from":  {"nb": "Gjelder fra", "nn": "Gjeld frå", "en": "In force from"},
	"title": {"nb": "Navn", "nn": "Namn", "en": "Name"},
}
