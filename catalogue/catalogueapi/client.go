package catalogueapi

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
)

// Client calls the API. It is safe for concurrent use. Make one with [New]. Errors of the API's operations are an [*Error];
// [ErrRefused], [ErrUnavailable] and the others say what went wrong.
type Client struct {
	cfg     Config
	assumed []string
}

// New checks the configuration; the error names every fault. Nothing is sent yet. What rests on assumptions is logged as a warning.
func New(cfg Config) (*Client, error) {
	assumed := assumptions(cfg)
	cfg.fill()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	if len(assumed) > 0 {
		cfg.Logger.Warn("catalogueapi: not public, assumed", "what", strings.Join(assumed, ", "))
	}
	return &Client{cfg: cfg, assumed: assumed}, nil
}

// With gives a client that sends with another HTTP client, such as one that carries the token of the citizen who has just logged in. The
// error says that it is nil.
func (c *Client) With(http Doer) (*Client, error) {
	cfg := c.cfg
	cfg.HTTP = http
	cfg.fill()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	return &Client{cfg: cfg, assumed: c.assumed}, nil
}

// Assumptions lists the fields of [Config] whose defaults are in use although nothing public confirms them.
func (c *Client) Assumptions() []string { return slices.Clone(c.assumed) }

func assumptions(cfg Config) []string {
	var list []string
	for name, of := range map[string]any{"Paths.": cfg.Paths, "Wire.": cfg.Wire} {
		fields := reflect.ValueOf(of)
		for i := range fields.NumField() {
			if fields.Field(i).IsZero() {
				list = append(list, name+fields.Type().Field(i).Name)
			}
		}
	}
	if cfg.Version == "" {
		list = append(list, "Version")
	}
	return sorted(list)
}

// Filter says which tools to list. All that is set must hold; within Areas, Audiences and Languages one is enough. The zero Filter keeps
// all tools.
type Filter struct {
	Areas     []catalogue.Area
	Audiences []catalogue.Audience
	Languages []catalogue.Lang
	// National, WithoutLogin and RequiresPrescription are as in [catalogue.Access]. Nil keeps both kinds.
	National, WithoutLogin, RequiresPrescription *bool
}

// List gives the tools that pass the filter, in the API's order and whatever their status. An answer that is wrong in one tool is refused
// whole, with all its mistakes.
func (c *Client) List(ctx context.Context, f Filter) (Tools, error) {
	return c.pages(ctx, call{op: OpList, path: c.cfg.Paths.List, query: c.cfg.Wire.Filter(f)})
}

// MaxWords is the greatest length of what is searched for, in characters.
const MaxWords = 500

// Search gives the tools that the API finds by name or predefined keyword, in its order. Text that may hold an identity number is not
// sent, since it would stand in an address.
func (c *Client) Search(ctx context.Context, text string) (Tools, error) {
	k := call{op: OpSearch, path: c.cfg.Paths.Search}
	text = strings.TrimSpace(text)
	switch {
	case text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > MaxWords:
		return Tools{}, k.invalid("want 1 to 500 characters to search for, in UTF-8")
	case nationalid.Contains(text):
		return Tools{}, k.invalid("want words to search for; eleven digits may be an identity number, take them out")
	}
	k.query = c.cfg.Wire.Words(text)
	return c.pages(ctx, k)
}

// Get gives one tool, whatever its status: ask [catalogue.Tool.CheckStart] before it is offered. The error for one that the API does not
// know is [ErrNotFound].
func (c *Client) Get(ctx context.Context, id catalogue.ToolID) (Found, error) {
	k := call{op: OpGet, path: c.cfg.Paths.Get, status: []int{http.StatusOK}, most: maxAnswer}
	if _, err := catalogue.ParseToolID(string(id)); err != nil {
		return Found{}, k.invalid("want a tool's id: " + err.Error())
	}
	k.path = strings.ReplaceAll(k.path, "{tool}", string(id))
	body, err := c.send(ctx, k)
	if err != nil {
		return Found{}, err
	}
	found, err := c.cfg.Wire.Tool(body)
	if err == nil {
		err = whole(found.Tool)
	}
	switch {
	case err != nil:
		return Found{}, k.unusable(http.StatusOK, err.Error(), nil)
	case found.Tool.ID != id:
		return Found{}, k.unusable(http.StatusOK, "it is about another tool", nil)
	}
	return found, nil
}

// whole finds what is wrong with tools, whoever wrote the mapping.
func whole(tools ...catalogue.Tool) error {
	return catalogue.Document{Version: catalogue.DocumentVersion, Tools: tools}.Validate()
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
