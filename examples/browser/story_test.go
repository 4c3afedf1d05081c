package browser_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// teller plays the story of one citizen: who it is, what language everybody
// reads, and what words a clinician types.
type teller struct {
	walker
	sites
	lang    string
	patient string
	words   string
	looks   []look
	parent  bool // the login asks for whom
	clicks  int
}

// visit checks a page on the way, and goes on in the first look.
func (s *teller) visit(name string) {
	s.t.Helper()
	s.walker.visit(name, s.looks...)
	s.wear(s.looks[0])
}

// press is a click that counts.
func (s *teller) press(selector string) {
	s.t.Helper()
	s.clicks++
	s.click(selector)
}

// reads wants the page in the language of the story.
func (s *teller) reads() {
	s.t.Helper()
	s.wait(`html[lang="` + s.lang + `"]`)
}

// The whole story, in the three languages: a clinician finds a tool while typing
// and sends it in three clicks, the citizen opens and starts it with a login and
// does the exercise, and the clinician sees that it is completed. Over the three
// languages each page is looked at in each of the looks.
func TestStory(t *testing.T) {
	s := demo(t)
	stories := []teller{
		{lang: "nb", patient: "citizen-Q7HV2M", words: "redd for å snakke foran folk", looks: []look{looks[0], looks[3]}, parent: true},
		{lang: "nn", patient: "citizen-4KXW9C", words: "sosial angst", looks: []look{looks[2]}},
		{lang: "en", patient: "citizen-T3NBZ8", words: "fear of public speaking", looks: []look{looks[1]}},
	}
	require.NotEmpty(t, stories)
	for _, story := range stories {
		t.Run(story.lang, func(t *testing.T) {
			story.walker, story.sites = walk(t, story.lang), s
			story.begin()
			one := story.prescribe()
			story.doIt(one)
			story.follow(one)
			story.deadEnds()
		})
	}
}

// begin comes from the front page to the search, with the patient's record open.
func (s *teller) begin() {
	s.t.Helper()
	s.wear(s.looks[0])
	s.open(s.front + "/")
	s.reads()
	s.visit("front")
	s.click(".story li:first-child a")
	s.arrive(s.front + "/search")
	s.click(`.record a[href^="/who"]`)
	s.arrive(s.front + "/who")
	s.visit("who")
	s.click(`button[value="` + s.patient + `"]`)
	s.arrive(s.front + "/search")
	s.reads()
}

// prescribe types, and sends what is found in three clicks. It gives the address of the prescription.
func (s *teller) prescribe() string {
	s.t.Helper()
	s.write("#q", s.words)
	hit := `#results a.button[href^="/tools/tryggere-steg"]`
	s.wait(hit) // nobody has pressed anything
	assert.Contains(s.t, s.url(), "q="+strings.ReplaceAll(url.QueryEscape(s.words), "%20", "+"), "the address is the search's")
	assert.Equal(s.t, s.words, read(s.tab, "words", chromedp.Value(chromedp.CSS("#q"))))
	s.visit("search")

	s.clicks = 0
	s.press(hit)
	s.wait("form.send")
	s.visit("tool")
	s.mend()
	s.clicks = 1 // the page that was left to be mended is the one that the click led to
	s.press(`form.send input[type=checkbox]`)
	s.press(`form.send button`)
	s.arrive(s.front + "/prescriptions/")
	s.wait(".tag.state.delivered")
	assert.LessOrEqual(s.t, s.clicks, 3, "clicks from the hit until it is sent")
	s.visit("sent")
	s.must("unfold", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => { d.open = true })`))
	s.visit("deeds")
	one, _, _ := strings.Cut(s.url(), "?")
	return one
}

// mend sends the form as a browser would that does not hold back what is not
// filled in: the page says what is missing, and where.
func (s *teller) mend() {
	s.t.Helper()
	s.must("hold nothing back", chromedp.Evaluate[chromedp.Void](`document.querySelector("form.send").noValidate = true`))
	s.click(`form.send button`)
	s.wait("#mend")
	assert.Equal(s.t, "mend", s.focus("id"), "who listens hears it first")
	s.visit("mended")
	s.wait("form.send")
}

// doIt is the citizen's part, from the portal to the exercise and its end.
func (s *teller) doIt(one string) {
	s.t.Helper()
	task := "/tasks/" + one[strings.LastIndex(one, "/")+1:]
	s.open(s.portal + "/")
	s.reads()
	s.visit("portal")
	s.click(`button[value="` + s.patient + `"]`)
	s.arrive(s.portal + "/mine")
	s.visit("mine")
	s.click(`a.button[href="` + task + `"]`)
	s.arrive(s.portal + task)
	s.visit("task")
	s.click(`button[value="start"]`)
	s.wait("#login")
	s.visit("login")
	s.click(`#login button[value="` + s.patient + `"]`)
	if s.parent {
		s.wait("#choose")
		s.visit("for-whom")
		s.click(`#choose button[value="` + s.patient + `"]`)
	}
	s.wait("#note")
	assert.Equal(s.t, s.tool+"/", s.url(), "nothing of the login stays in the address")
	s.reads()
	s.visit("exercise")
	s.write("#note", "Å si noe i møtet")
	s.click(`button[value="pause"]`)
	s.wait(`button[value="resume"]`)
	s.visit("paused")
	s.click(`button[value="resume"]`)
	s.wait("#note")
	s.click(`button[value="done"]`)
	s.wait(".notice.ok")
	s.visit("done")
	s.click(`button[value="leave"]`)
	s.arrive(s.tool + "/goodbye")
	s.visit("goodbye")
}

// follow is what the clinician sees afterwards.
func (s *teller) follow(one string) {
	s.t.Helper()
	s.open(one)
	s.wait(".tag.state.completed")
	s.wait(".steps li:last-child.done")
	s.visit("completed")
	s.click(`.bar a[href="/prescriptions"]`)
	s.wait(".funnel")
	s.visit("list")
	s.click(`.bar a[href="/statistics"]`)
	s.wait("table")
	s.visit("clinic")
}

// deadEnds are the pages for those who are lost, and the two that nobody has come to yet.
func (s *teller) deadEnds() {
	s.t.Helper()
	for _, page := range []struct{ name, address, shows string }{
		{"missing", s.front + "/no/such/page", ".problem a.button"},
		{"no-launch", s.tool + "/", ".problem a.button"},
		{"no-hits", s.front + "/search?q=xyzzyplugh", ".empty"},
		{"other-tool", s.front + "/tools/sovn-steg-for-steg", "form.send"},
		{"open-tool", s.tool + "/open/kveldsro", "a.button"},
	} {
		s.open(page.address)
		s.wait(page.shows)
		s.visit(page.name)
	}
}
