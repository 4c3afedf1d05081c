package launchtest

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// Login goes all the way: from the tool's start address to Helsenorge, there
// chooses who logs in and for whom (empty: for himself), and back to the tool.
// It gives the tool's last answer.
func (b *Browser) Login(ctx context.Context, start, citizen, patient string) (*Page, error) {
	login, err := b.Start(ctx, start)
	if err != nil {
		return nil, err
	}
	callback, err := login.Choose(ctx, citizen, patient)
	if err != nil {
		return nil, err
	}
	return callback.Post(ctx)
}

// LoginTab is one tab of a browser at the simulator's login page.
type LoginTab struct {
	// Page is what the tab shows: the login page, or where the way there ended.
	Page *Page

	browser *Browser
}

// errNotThere is what a tab answers that shows another page than the one that is needed.
var errNotThere = errors.New("launchtest: the browser is not at the page that is needed")

// Start goes to the tool's start address as from helsenorge.no, and on to the
// login page. Where a tool does not send the browser there, AtHelsenorge is false.
func (b *Browser) Start(ctx context.Context, start string) (*LoginTab, error) {
	page, err := b.Open(ctx, start)
	return b.At(page), err
}

// At is the login page at which a browser arrived by something else than a link to
// the tool's start address, such as a form of the portal's.
func (b *Browser) At(page *Page) *LoginTab { return &LoginTab{Page: page, browser: b} }

// AtHelsenorge says whether the tab shows the login page.
func (t *LoginTab) AtHelsenorge() bool {
	return t.Page != nil && strings.Contains(t.Page.Body, `<form id="login"`)
}

// Choose logs a citizen in, for himself (empty) or another. The answer to the
// tool is not sent yet. Who is not digitally active gets an error to carry.
func (t *LoginTab) Choose(ctx context.Context, citizen, patient string) (*Callback, error) {
	page, err := t.browser.press(ctx, t.Page, "login", url.Values{"citizen": {citizen}})
	if err != nil {
		return nil, err
	}
	if strings.Contains(page.Body, `<form id="choose"`) {
		if patient == "" {
			patient = citizen
		}
		page, err = t.browser.press(ctx, page, "choose", url.Values{"for": {patient}})
	} else if patient != "" && patient != citizen && !strings.Contains(page.Body, `name="error"`) {
		return nil, errors.New("launchtest: Helsenorge did not ask for whom: the client or the citizen may not act for others")
	}
	if err != nil {
		return nil, err
	}
	return t.browser.carry(page)
}

// Cancel presses "Avbryt".
func (t *LoginTab) Cancel(ctx context.Context) (*Callback, error) {
	page, err := t.browser.press(ctx, t.Page, "login", url.Values{"cancel": {"1"}})
	if err != nil {
		return nil, err
	}
	return t.browser.carry(page)
}

// Callback is Helsenorge's answer in the browser, on its way to the tool. Change
// the fields to see what the tool makes of it.
type Callback struct {
	// Action is the tool's callback, and Fields are what is posted there.
	Action string
	Fields url.Values

	browser *Browser
	page    *Page
}

// Post sends the answer to the tool, and gives the tool's last page. It can be
// sent again, as from the back button.
func (c *Callback) Post(ctx context.Context) (*Page, error) { return c.PostFrom(ctx, c.browser) }

// PostFrom sends the answer from another browser, as an attacker would who
// wants somebody else to go on with his login.
func (c *Callback) PostFrom(ctx context.Context, other *Browser) (*Page, error) {
	origin := originOf(c.page.URL)
	if strings.Contains(c.page.Header.Get("Referrer-Policy"), "no-referrer") {
		origin = "null"
	}
	return other.navigate(ctx, c.page.URL, "POST", c.Action, c.Fields, origin)
}

// press sends a form of the simulator's own pages.
func (b *Browser) press(ctx context.Context, on *Page, id string, button url.Values) (*Page, error) {
	action, fields, err := readForm(on, id)
	if err != nil {
		return nil, err
	}
	for name, value := range button {
		fields[name] = value
	}
	page, err := b.navigate(ctx, on.URL, "POST", action, fields, originOf(on.URL))
	if err == nil && page.Status >= 400 {
		err = fmt.Errorf("launchtest: the simulator answered %d: %s", page.Status, textIn(page.Body))
	}
	return page, err
}

func (b *Browser) carry(page *Page) (*Callback, error) {
	action, fields, err := readForm(page, "callback")
	return &Callback{Action: action, Fields: fields, browser: b, page: page}, err
}

var (
	formTag   = regexp.MustCompile(`<form id="([a-z]+)" method="post" action="([^"]*)">`)
	hiddenTag = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
	textTag   = regexp.MustCompile(`<p class="detail"[^>]*>([^<]*)</p>`)
)

// readForm reads the form of one of the simulator's own pages.
func readForm(page *Page, id string) (action string, fields url.Values, err error) {
	form := formTag.FindStringSubmatch(page.Body)
	if form == nil || form[1] != id {
		return "", nil, fmt.Errorf("%w: want the form %q, the page at %s%s has status %d", errNotThere, id, page.URL.Host, page.URL.Path, page.Status)
	}
	to, err := page.URL.Parse(html.UnescapeString(form[2]))
	if err != nil {
		return "", nil, err
	}
	fields = url.Values{}
	for _, input := range hiddenTag.FindAllStringSubmatch(page.Body, -1) {
		fields.Add(html.UnescapeString(input[1]), html.UnescapeString(input[2]))
	}
	return to.String(), fields, nil
}

func textIn(body string) string {
	if text := textTag.FindStringSubmatch(body); text != nil {
		return html.UnescapeString(text[1])
	}
	return "no text"
}
