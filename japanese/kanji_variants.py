"""Variant kanji met in Japanese names: which forms count as one when names are compared.

Each group names its usual form first. Old forms (舊字體) of the 1946/1949 reform, unified look-alikes that Unicode
keeps apart (髙, 﨑, 𠮷) and well-known name variants. Compatibility ideographs are not here: NFKC folds them.
People spell their own name with exactly one of these forms; only comparison keys may fold them.
"""

_GROUPS = """
斉斎齋齊亝 高髙 崎﨑碕嵜㟢𥔎 辺邊邉 浜濱濵 沢澤 桜櫻 国國圀囯 広廣 吉𠮷 島嶋嶌㠀 富冨 真眞 恵惠 徳德
滝瀧 竜龍 亀龜 会會 伝傳 仏佛 仮假 価價 来來 児兒 党黨 円圓 写寫 処處 剣劍劔剱劒 剤劑 労勞 効效 勲勳 励勵 勧勸
区區 医醫 巻卷 厳嚴 参參 双雙 収收 叙敍敘 台臺 号號 営營 団團 囲圍 図圖 圧壓 塁壘 塩鹽 増增 壊壞 壮壯 寿壽 変變
奥奧 奨奬 学學斈 宝寶寳 実實 寛寬 対對 専專 将將 尭堯 尽盡 届屆 属屬 岳嶽 峰峯 峡峽 巌巖 帯帶 帰歸 庁廳 応應
弁辨辯瓣 弐貳 弾彈 当當 径徑 従從 徴徵 恒恆 悦悅 恋戀 悪惡 悩惱 惨慘 戦戰 戯戲 戸戶户 払拂 抜拔 択擇 担擔 拝拜
拠據 拡擴 挙擧舉 挟挾 捜搜 掲揭 揺搖 摂攝 数數 断斷 旧舊 昼晝 晃晄 晋晉 暁曉 暦曆 曽曾 条條 栄榮 桟棧 検檢 楼樓
楽樂 様樣 権權 横橫 槙槇 桧檜 歓歡 歩步 歯齒 歳歲 歴歷 毎每 気氣 涙淚 浄淨 渋澁澀 渓溪 渉涉 温溫 満滿 潜潛濳
湾灣 焼燒 灯燈 為爲 犠犧 状狀 狭狹 独獨 獣獸 瑶瑤 画畫 畳疊 痴癡 発發 県縣 礼禮 祢禰 禄祿 秋穐龝 秘祕 称稱 稲稻
穂穗 穣穰 静靜 粛肅 糸絲 経經 絵繪 継繼 続續 総總 緑綠 縁緣 縄繩 繊纖 缶罐 聡聰 聴聽 声聲 胆膽 脳腦 舎舍 荘莊 萌萠
蔵藏 園薗 芦蘆 莱萊 蛍螢 蚕蠶 虫蟲 衛衞 装裝 覚覺 観觀 触觸 訳譯 証證 読讀 誉譽 讃讚 賛贊 豊豐 売賣 頼賴 軽輕 転轉
辞辭 逓遞 遅遲 郎郞 郷鄕鄉 酔醉 釈釋 鉄鐵鐡銕 鉱鑛 銭錢 鋳鑄 録錄 鎌鐮 関關 閲閱 陥陷 険險 隠隱 随隨 雑雜 霊靈
青靑 顔顏 顕顯 餅餠 駅驛 駆驅駈 騒騷 験驗 髪髮 鶏鷄雞 鴎鷗 麦麥 黄黃 黒黑 黙默 点點 齢齡 館舘 船舩 杯盃 柏栢 柳栁桺
桑桒 梅楳 松枩 角⻆ 土圡𡈽 籠篭 凛凜 薮藪籔 薫薰 万萬 与與 弥彌 迩邇 尓爾 竪豎 壱壹 体體軆躰 野埜 壷壺 淵渕渊 瀬瀨
涼凉 準凖 浅淺 磯礒 昇曻 昂昻 煕熙熈 麹麴 翠翆 兎兔 庵菴 蝋蠟 裏裡 譲讓 予豫 達逹 遥遙 村邨 醤醬 釜釡 鈎鉤 鎮鎭 鑑鑒
間閒 雁鴈 韮韭 頴穎 顛顚 鶴靏靎靍 麺麵麪 卒卆 厨廚 厩廐廄 哲喆 喜㐂 壌壤 嬢孃 醸釀 姉姊 姫姬 宮宫 巣巢 迪廸 彦彥
枡桝 橋槗𣘺 毘毗 氷冰 炉爐 煙烟 床牀 猫貓 産產 皐皋 研硏 年秊 窓窗牕 窯窰 竈竃 並竝 蓑簑 縦縱 繍繡 樽罇 群羣 艶艷豔
茎莖 虎乕 虚虛 蝉蟬 褒襃 覇霸 覧覽 謡謠 隣鄰 凡凢 函凾 呉吳 倶俱 傑杰 内內 両兩 乗乘 争爭 亘亙 亜亞 京亰 余餘
即卽 呑吞 啓啟 屏屛 峨峩 強强 往徃 慎愼 懐懷 教敎 本夲 栃杤 決决 沖冲 済濟 澄澂 涛濤 珍珎 瓶甁 略畧 綿緜 耕畊 薬藥
錬鍊 鯵鰺 粋粹 砕碎 枢樞 殴毆 欧歐 鴬鶯 蛎蠣 賎賤 銹鏽 頬頰 剥剝 填塡 嘘噓 撹攪 掻搔 痩瘦 祷禱 箪簞 繋繫
寝寢 戻戾 乱亂 残殘 盗盜 穏穩 脱脫 説說 禅禪 税稅 緒緖 献獻 蒋蔣 単單 廃廢 絶絕 滞滯 湿濕溼 掴摑 噛嚙 楡榆 剰剩 査查
偽僞 晩晚 没沒 却卻 脚腳 臓臟 猟獵 撃擊 圏圈 弯彎 宜冝 岸㟁 協恊 脇𦚰
"""

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(_GROUPS.split()))
"""Groups of characters that count as one, the usual form first."""

VARIANT_TO_USUAL: dict[int, str] = {ord(variant): group[0] for group in GROUPS for variant in group[1:]}
"""A `str.translate` table from every variant to the usual form of its group."""
