package approvaloscal

type metadata struct {
	Title        string  `json:"title"`
	LastModified string  `json:"last-modified"`
	Version      string  `json:"version"`
	OSCALVersion string  `json:"oscal-version"`
	Roles        []role  `json:"roles,omitempty"`
	Parties      []party `json:"parties,omitempty"`
	Responsible  []duty  `json:"responsible-parties,omitempty"`
	Remarks      string  `json:"remarks,omitempty"`
}

type role struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type party struct {
	UUID string `json:"uuid"`
	Type string `json:"type"`
	Name string `json:"name"`
}

type duty struct {
	Role    string   `json:"role-id"`
	Parties []string `json:"party-uuids"`
}

type prop struct {
	Name  string `json:"name"`
	NS    string `json:"ns,omitempty"`
	Value string `json:"value"`
}

type link struct {
	Href string `json:"href"`
	Rel  string `json:"rel,omitempty"`
	Text string `json:"text,omitempty"`
}

type backMatter struct {
	Resources []resource `json:"resources"`
}

type resource struct {
	UUID        string  `json:"uuid"`
	Title       string  `json:"title"`
	Description string  `json:"description,omitempty"`
	Props       []prop  `json:"props,omitempty"`
	Rlinks      []rlink `json:"rlinks,omitempty"`
}

type rlink struct {
	Href   string `json:"href"`
	Hashes []hash `json:"hashes,omitempty"`
}

type hash struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

type results struct {
	UUID       string     `json:"uuid"`
	Metadata   metadata   `json:"metadata"`
	ImportAP   importAP   `json:"import-ap"`
	Results    []result   `json:"results"`
	BackMatter backMatter `json:"back-matter"`
}

type importAP struct {
	Href    string `json:"href"`
	Remarks string `json:"remarks"`
}

type result struct {
	UUID         string        `json:"uuid"`
	Title        string        `json:"title"`
	Description  string        `json:"description"`
	Start        string        `json:"start"`
	End          string        `json:"end"`
	Props        []prop        `json:"props"`
	Reviewed     reviewed      `json:"reviewed-controls"`
	Observations []observation `json:"observations,omitempty"`
	Risks        []risk        `json:"risks,omitempty"`
	Findings     []finding     `json:"findings,omitempty"`
}

type reviewed struct {
	Selections []selection `json:"control-selections"`
}

type selection struct {
	All     struct{}  `json:"include-all"`
	Exclude []control `json:"exclude-controls,omitempty"`
}

type control struct {
	ID string `json:"control-id"`
}

type observation struct {
	UUID        string     `json:"uuid"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Props       []prop     `json:"props"`
	Methods     []string   `json:"methods"`
	Evidence    []relevant `json:"relevant-evidence,omitempty"`
	Collected   string     `json:"collected"`
	Expires     string     `json:"expires,omitempty"`
}

type relevant struct {
	Href        string `json:"href,omitempty"`
	Description string `json:"description"`
	Props       []prop `json:"props,omitempty"`
}

type risk struct {
	UUID        string `json:"uuid"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Statement   string `json:"statement"`
	Status      string `json:"status"`
	Deadline    string `json:"deadline,omitempty"`
}

type finding struct {
	UUID         string     `json:"uuid"`
	Title        string     `json:"title"`
	Description  string     `json:"description"`
	Props        []prop     `json:"props"`
	Target       target     `json:"target"`
	Observations []observed `json:"related-observations,omitempty"`
	Risks        []related  `json:"related-risks,omitempty"`
}

type target struct {
	Type           string          `json:"type"`
	ID             string          `json:"target-id"`
	Status         state           `json:"status"`
	Implementation *implementation `json:"implementation-status,omitempty"`
}

type state struct {
	State  string `json:"state"`
	Reason string `json:"reason"`
}

type implementation struct {
	State string `json:"state"`
}

type observed struct {
	UUID string `json:"observation-uuid"`
}

type related struct {
	UUID string `json:"risk-uuid"`
}
