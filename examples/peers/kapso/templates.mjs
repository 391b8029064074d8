// Kinds of templates: what is created with the SDK's own builder, how it is filled in, and what
// of it the customer must get.

const language = "en_US";
const picture = { link: "https://example.com/a.png" };
/** Components that the SDK has no types of, as Meta writes them. */
const raw = (components) => ({ components });
const file = (kind, value) => ({ type: "header", parameters: [{ type: kind, [kind]: value }] });

/** `[name, definition, what it is filled with, the components that arrive]`. */
export function templates(handle) {
  const hello = { type: "BODY", text: "Hello." };
  const media = (format) => ({ type: "HEADER", format, example: { headerHandle: [handle] } });
  const card = {
    components: [
      media("IMAGE"),
      { type: "BODY", text: "Offer." },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Stop" }] },
    ],
  };
  const filledCard = (index) => ({
    cardIndex: index,
    components: [
      file("image", picture),
      {
        type: "button",
        subType: "quick_reply",
        index: 0,
        parameters: [{ type: "payload", payload: "stop" }],
      },
    ],
  });
  const marketing = (name, components, more = {}) => ({
    name,
    language,
    category: "MARKETING",
    components,
    ...more,
  });
  const withFile = (kind, value) => [
    kind,
    marketing(`kapso_${kind}`, [media(kind.toUpperCase()), hello]),
    { header: { type: kind, [kind]: value } },
    [file(kind, value)],
  ];
  return [
    [
      "text",
      marketing("kapso_text", [
        {
          type: "HEADER",
          format: "TEXT",
          text: "Our {{1}} is on!",
          example: { headerText: ["Sale"] },
        },
        { type: "BODY", text: "Hello {{1}}, welcome to our shop.", example: { bodyText: [["Ana"]] } },
        { type: "FOOTER", text: "Bye" },
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY", text: "Stop" },
            { type: "URL", text: "See", url: "https://example.com/{{1}}", example: ["a"] },
            { type: "PHONE_NUMBER", text: "Call", phoneNumber: "+16505551234" },
          ],
        },
      ]),
      {
        header: { type: "text", text: "Sale" },
        body: [{ type: "text", text: "Ana" }],
        buttons: [
          {
            type: "button",
            subType: "quick_reply",
            index: 0,
            parameters: [{ type: "payload", payload: "stop" }],
          },
          {
            type: "button",
            subType: "url",
            index: 1,
            parameters: [{ type: "text", text: "b" }],
          },
        ],
      },
      [
        { type: "header", parameters: [{ text: "Sale" }] },
        { type: "body", parameters: [{ text: "Ana" }] },
        { sub_type: "quick_reply", parameters: [{ payload: "stop" }] },
        { sub_type: "url", parameters: [{ text: "b" }] },
      ],
    ],
    [
      "named",
      marketing(
        "kapso_named",
        [
          {
            type: "BODY",
            text: "Hello {{first_name}}, welcome to our shop.",
            example: { bodyTextNamedParams: [{ paramName: "first_name", example: "Ana" }] },
          },
        ],
        { parameterFormat: "NAMED" },
      ),
      { body: [{ type: "text", text: "Ana", parameterName: "first_name" }] },
      [{ type: "body", parameters: [{ text: "Ana", parameter_name: "first_name" }] }],
    ],
    withFile("image", picture),
    withFile("video", { link: "https://example.com/a.mp4" }),
    withFile("document", { link: "https://example.com/a.pdf" }),
    [
      "location",
      marketing("kapso_location", [{ type: "HEADER", format: "LOCATION" }, hello]),
      {
        header: {
          type: "location",
          location: { latitude: 37.48, longitude: -122.14, name: "HQ", address: "1 Hacker Way" },
        },
      },
      [{ type: "header", parameters: [{ location: { name: "HQ" } }] }],
    ],
    [
      "coupon",
      marketing("kapso_coupon", [
        hello,
        { type: "BUTTONS", buttons: [{ type: "COPY_CODE", example: "25OFF" }] },
      ]),
      {
        buttons: [
          {
            type: "button",
            subType: "copy_code",
            index: 0,
            parameters: [{ type: "coupon_code", coupon_code: "25OFF" }],
          },
        ],
      },
      [{ sub_type: "copy_code", parameters: [{ coupon_code: "25OFF" }] }],
    ],
    [
      "flow",
      marketing("kapso_flow", [
        hello,
        {
          type: "BUTTONS",
          buttons: [
            {
              type: "FLOW",
              text: "Book",
              flowId: "1",
              flowAction: "navigate",
              navigateScreen: "FIRST",
            },
          ],
        },
      ]),
      {
        buttons: [
          {
            type: "button",
            subType: "flow",
            index: 0,
            parameters: [
              { type: "action", action: { flow_token: "t", flow_action_data: { k: "v" } } },
            ],
          },
        ],
      },
      [{ sub_type: "flow", parameters: [{ action: { flow_token: "t" } }] }],
    ],
    [
      "products",
      marketing("kapso_products", [
        { type: "HEADER", format: "TEXT", text: "News" },
        hello,
        { type: "BUTTONS", buttons: [{ type: "MPM", text: "View items" }] },
      ]),
      raw([
        {
          type: "button",
          sub_type: "mpm",
          index: 0,
          parameters: [
            {
              type: "action",
              action: {
                thumbnail_product_retailer_id: "s1",
                sections: [{ title: "A", product_items: [{ product_retailer_id: "s1" }] }],
              },
            },
          ],
        },
      ]),
      [{ sub_type: "mpm", parameters: [{ action: { sections: [{ title: "A" }] } }] }],
    ],
    [
      "product",
      marketing("kapso_product", [
        { type: "HEADER", format: "PRODUCT" },
        hello,
        { type: "BUTTONS", buttons: [{ type: "SPM", text: "View" }] },
      ]),
      raw([file("product", { catalog_id: "1", product_retailer_id: "s1" })]),
      [{ type: "header", parameters: [{ product: { product_retailer_id: "s1" } }] }],
    ],
    [
      "call permission",
      marketing("kapso_call_permission", [hello, { type: "CALL_PERMISSION_REQUEST" }]),
      {},
      undefined,
    ],
    [
      "limited offer",
      marketing("kapso_offer", [
        media("IMAGE"),
        { type: "LIMITED_TIME_OFFER", limitedTimeOffer: { text: "Today!", hasExpiration: true } },
        hello,
        {
          type: "BUTTONS",
          buttons: [
            { type: "COPY_CODE", example: "25OFF" },
            { type: "URL", text: "Shop", url: "https://example.com/{{1}}", example: ["a"] },
          ],
        },
      ]),
      raw([
        file("image", picture),
        {
          type: "limited_time_offer",
          parameters: [
            {
              type: "limited_time_offer",
              limited_time_offer: { expiration_time_ms: Date.now() + 86_400_000 },
            },
          ],
        },
        {
          type: "button",
          sub_type: "copy_code",
          index: 0,
          parameters: [{ type: "coupon_code", coupon_code: "25OFF" }],
        },
        {
          type: "button",
          sub_type: "url",
          index: 1,
          parameters: [{ type: "text", text: "b" }],
        },
      ]),
      [{ type: "header" }, { type: "limited_time_offer" }, {}, {}],
    ],
    [
      "currency and date",
      marketing("kapso_values", [
        {
          type: "BODY",
          text: "You owe us {{1}} for the order of {{2}} and that is all.",
          example: { bodyText: [["$10", "Monday"]] },
        },
      ]),
      // Its builder writes `amount1000`, which Meta does not know.
      raw([
        {
          type: "body",
          parameters: [
            {
              type: "currency",
              currency: { fallback_value: "$10", code: "USD", amount_1000: 10000 },
            },
            { type: "date_time", date_time: { fallback_value: "Monday" } },
          ],
        },
      ]),
      [
        {
          type: "body",
          parameters: [{ currency: { code: "USD", amount_1000: 10000 } }, { date_time: { fallback_value: "Monday" } }],
        },
      ],
    ],
    [
      "catalog",
      marketing("kapso_catalog", [
        hello,
        { type: "BUTTONS", buttons: [{ type: "CATALOG", text: "View catalog" }] },
      ]),
      {},
      undefined,
    ],
    [
      "carousel",
      marketing("kapso_carousel", [hello, { type: "CAROUSEL", cards: [card, card] }]),
      { cards: [filledCard(0), filledCard(1)] },
      [{ type: "carousel", cards: [{ card_index: 0 }, { card_index: 1 }] }],
    ],
    code("code", { otpType: "COPY_CODE" }),
    code("one-tap code", { otpType: "ONE_TAP", autofillText: "Autofill", supportedApps: apps }),
  ];
}

const apps = [{ packageName: "com.example.app", signatureHash: "K8a/AINcGX7" }];

/** A one-time password, by a kind of button. */
function code(title, button) {
  return [
    title,
    {
      name: `kapso_${button.otpType.toLowerCase()}`,
      language,
      category: "AUTHENTICATION",
      components: [
        { type: "BODY", addSecurityRecommendation: true },
        { type: "FOOTER", codeExpirationMinutes: 5 },
        { type: "BUTTONS", buttons: [{ type: "OTP", ...button }] },
      ],
    },
    {
      body: [{ type: "text", text: "123456" }],
      buttons: [
        {
          type: "button",
          subType: "url",
          index: 0,
          parameters: [{ type: "text", text: "123456" }],
        },
      ],
    },
    [{ type: "body", parameters: [{ text: "123456" }] }, { sub_type: "url" }],
  ];
}
