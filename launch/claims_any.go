package launch

// Any gives a claim as JSON sees it, and whether it is there: map[string]any,
// []any, string, bool, json.Number or nil. It is the caller's own copy.
func (c *Claims) Any(name string) (value any, there bool) {
	v, there := c.payload.Member(name)
	if !there {
		return nil, false
	}
	return v.Any(), true
}
