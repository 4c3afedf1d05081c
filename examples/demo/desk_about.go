package main

// about is who and what the declaration is about.
func (m *form) about() section {
	named := func(kind controlKind, pointer, key string) control {
		return m.field(kind, pointer, m.say(key), m.hint(key))
	}
	tool := named(kindText, "/tool/id", "f-tool-id")
	tool.Locked = m.file.life.ID != ""
	nb, nn, en := named(kindText, "/tool/name/nb", "f-name-nb"), named(kindText, "/tool/name/nn", "f-name-nn"), named(kindText, "/tool/name/en", "f-name-en")
	nb.Lang, nn.Lang, en.Lang = "nb", "nn", "en"
	s := section{Name: "about", Title: m.say("s-about"), Intro: m.say("s-about-intro"), Blocks: []block{
		{Pointer: "/tool", Heading: m.say("b-tool"), Fields: []control{nb, nn, en, tool, named(kindText, "/tool/release", "f-release")}},
		{Pointer: "/vendor", Heading: m.say("b-vendor"), Fields: []control{named(kindText, "/vendor/name", "f-vendor"), named(kindText, "/vendor/orgNumber", "f-number")}},
		{Pointer: "/signedBy", Heading: m.say("b-signed"), Text: m.say("b-signed-text"), Fields: []control{named(kindText, "/signedBy/name", "f-signed"), named(kindText, "/signedBy/title", "f-signed-as")}},
	}}
	for _, place := range []string{"/tool/name/nb", "/tool/id", "/vendor/name", "/vendor/orgNumber", "/signedBy/name"} {
		s.Of++
		if m.file.draft.text(place) != "" {
			s.Done++
		}
	}
	return s
}
