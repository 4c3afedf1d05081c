package main

import "fmt"

const (
	messageFile = "internal/jose/message.go"
	verifyFile  = "launch/verify.go"
	formFile    = "internal/launchform/launchform.go"
	parseFile   = "internal/strictjson/parse.go"
	scalarFile  = "internal/strictjson/scalar.go"
)

// structure: size, segments, base64url.
func structure() []mutant {
	const decode, cut = "strict.Decode(data, segment)", "first, last := strings.IndexByte"
	return []mutant{
		off("message size", messageFile, "S-16 S-17", "len(token) > MaxMessage", "len(token) > 1<<30"),
		off("segments: two count as three", messageFile, "S-4", cut, "if strings.Count(token, \".\") == 1 {\n\t\ttoken += \".AA\"\n\t}\n\t"+cut),
		off("segments: the fourth is dropped", messageFile, "S-5",
			cut, "if part := strings.SplitN(token, \".\", 4); len(part) == 4 {\n\t\ttoken = strings.Join(part[:3], \".\")\n\t}\n\t"+cut),
		off("segments: no signature", messageFile, "S-8 H-2", "last == len(token)-1 || ", ""),
		off("segments: white space around", messageFile, "S-9", cut, "token = strings.TrimSpace(token)\n\t"+cut),
		off("base64url: unused bits", messageFile, "S-13 S-14", decode, "base64.RawURLEncoding.Decode(data, segment)"),
		off("base64url: padding", messageFile, "S-11", decode, `strict.Decode(data, bytes.TrimRight(segment, "="))`),
		off("base64url: the other alphabet", messageFile, "S-12", decode, `strict.Decode(data, []byte(strings.NewReplacer("+", "-", "/", "_").Replace(string(segment))))`),
		off("base64url: LF", messageFile, "S-9 S-10", ` || bytes.IndexByte(segment, '\n') >= 0`, ""),
		off("base64url: CR", messageFile, "S-10", ` || bytes.IndexByte(segment, '\r') >= 0`, ""),
	}
}

// documents: the JSON of header and payload.
func documents() []mutant {
	const head, body = "v, err := strictjson.Parse(header,", "payload, err := strictjson.Parse(m.Payload,"
	return []mutant{
		off("header JSON: names twice", messageFile, "H-13", head, "var loose map[string]any\n\tif json.Unmarshal(header, &loose) == nil {\n\t\theader, _ = json.Marshal(loose)\n\t}\n\t"+head).
			imports("encoding/json"),
		off("header JSON: an object", messageFile, "S-18", " || v.Kind != strictjson.Object", ""),
		off("payload JSON: names twice", verifyFile, "C-18 N07", body, "var loose map[string]any\n\tif json.Unmarshal(m.Payload, &loose) == nil {\n\t\tm.Payload, _ = json.Marshal(loose)\n\t}\n\t"+body).
			imports("encoding/json"),
		off("payload JSON: an object", verifyFile, "S-19", " || payload.Kind != strictjson.Object", ""),
		off("JSON: names twice", parseFile, "H-13 C-18 N07", "seen.has(m.Name, v.Members) && ", "false && seen.has(m.Name, v.Members) && "),
		off("JSON: UTF-8", parseFile, "S-20", "!utf8.Valid(data)", "false && !utf8.Valid(data)"),
		off("JSON: byte-order mark", parseFile, "S-21", "if bytes.HasPrefix(data, byteOrderMark) {", "if data = bytes.TrimPrefix(data, byteOrderMark); false {"),
		off("JSON: nothing after it", parseFile, "S-22", "!p.broken && p.at < len(p.data)", "false"),
		off("JSON: depth", parseFile, "S-24", "p.depth > p.limits.Depth", "p.depth > 1<<20"),
		off("JSON: members", parseFile, "S-24", "p.count > p.limits.Members", "p.count > 1<<20"),
		off("JSON: lone surrogates", scalarFile, "S-23", "p.syntax(of, \"a whole surrogate pair\")\n\treturn ' '", "return first"),
		off("JSON: exponent of a number", scalarFile, "T-7 N08", "!smallExponent(p.part", "false && !smallExponent(p.part"),
		off("JSON: length of a number", scalarFile, "T-7", "len(text) > p.limits.Number || ", ""),
	}
}

// headers: what is looked at before there is a key, and then the rest of the members.
func headers() []mutant {
	const list = "if !slices.Contains(headers, member.Name)"
	return []mutant{
		off("header: list of algorithms", messageFile, "N10", "!slices.Contains(allowed, alg)", "false && !slices.Contains(allowed, alg)"),
		off("header: kid is a string", messageFile, "H-27", `m.KeyID, err = text(v, "kid"); err != nil {`, `m.KeyID, err = text(v, "kid"); false {`),
		off("header: typ is a string", messageFile, "N08", "m.Type, err = text(v, \"typ\")\n\treturn err", "m.Type, _ = text(v, \"typ\")\n\treturn nil"),
		off("header: allow-list", messageFile, "H-15 H-22 H-24", list, "if false && !slices.Contains(headers, member.Name)"),
		off("header: crit", messageFile, "H-15 H-16 H-17", list, allow("crit")),
		off("header: b64", messageFile, "H-19", list, allow("b64")),
		off("header: keys of its own", messageFile, "H-22 H-24", list, allow("jwk", "jku", "x5u", "x5c")),
		off("header: zip and cty", messageFile, "H-34 H-35", list, allow("zip", "cty")),
		off("header: type", verifyFile, "H-32 H-33", "if !slices.ContainsFunc(v.cfg.Types", "if false && !slices.ContainsFunc(v.cfg.Types"),
		off("header: no type", verifyFile, "H-32", "return sameType(t, m.Type)", `return m.Type == "" || sameType(t, m.Type)`),
	}
}

// allow lets members into the header.
func allow(members ...string) string {
	text := "if "
	for _, name := range members {
		text += fmt.Sprintf("member.Name != %q && ", name)
	}
	return text + "!slices.Contains(headers, member.Name)"
}

// issuers: whose message it is, and what is agreed with that one.
func issuers() []mutant {
	const look, missing = "issuer, agreed := v.issuers[iss.Text]", "if iss == nil || iss.Kind != strictjson.String {"
	return []mutant{
		off("issuer: closed list", verifyFile, "C-4 N17", look, look+"\n\tfor _, known := range v.issuers {\n\t\tif !agreed {\n\t\t\tissuer, agreed = known, true\n\t\t}\n\t}"),
		off("issuer: iss is there", verifyFile, "C-3 C-7", missing, "for id := range v.issuers {\n\t\tif iss == nil || iss.Kind != strictjson.String {\n"+
			"\t\t\tiss = &strictjson.Value{Kind: strictjson.String, Text: id}\n\t\t}\n\t}\n\t"+missing),
		off("issuer: capitals", verifyFile, "C-5 N18", look, "issuer, agreed := v.issuers[strings.ToLower(iss.Text)]"),
		off("issuer: slash at the end", verifyFile, "C-5 N18", look, `issuer, agreed := v.issuers[strings.TrimSuffix(iss.Text, "/")]`),
		off("issuer: its algorithms", verifyFile, "N12", "if !slices.Contains(issuer.Algorithms", "if false && !slices.Contains(issuer.Algorithms").by(one),
		off("issuer: keys of its own", verifyFile, "K-9 N22", "key, err := issuer.key(ctx, m)",
			"key, err := issuer.key(ctx, m)\n\tfor _, other := range v.issuers {\n\t\tif k, e := other.key(ctx, m); e == nil && m.Verify(k) == nil {\n\t\t\tkey, err = k, nil\n\t\t}\n\t}").by(suite),
	}
}
